using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain.Applications;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Registry.Copies;

namespace SessionAuth.OpenId.Tests.Running;

/// <summary>A node with registered applications.</summary>
public sealed class Provider : IAsyncLifetime
{
    public RunningNode Node { get; private set; } = null!;

    /// <summary>A confidential application.</summary>
    public TestApplication Shop { get; } = TestApplication.Confidential("shop");

    /// <summary>Another one.</summary>
    public TestApplication Wiki { get; } = TestApplication.Confidential("wiki");

    /// <summary>A public one, in browsers.</summary>
    public TestApplication Spa { get; } =
        TestApplication.Public("spa", "https://spa.example.com/callback") with
        {
            Origins = ["https://spa.example.com"],
        };

    /// <summary>A public one, on the user's computer.</summary>
    public TestApplication Tool { get; } =
        TestApplication.Public("tool", "http://127.0.0.1/callback");

    /// <summary>One that takes only sessions with a second factor.</summary>
    public TestApplication Bank { get; } =
        TestApplication.Confidential("bank") with
        {
            RequiresSecondFactor = true,
        };

    /// <summary>One that knows neither PKCE nor ES256.</summary>
    public TestApplication Legacy { get; } =
        TestApplication.Confidential("legacy") with
        {
            PkceIsOptional = true,
            Algorithm = IdentityTokenAlgorithm.RS256,
        };

    /// <summary>One where signing out ends its own part alone.</summary>
    public TestApplication Notes { get; } =
        TestApplication.Confidential("notes") with
        {
            SignOut = ApplicationSignOut.Application,
        };

    public async Task InitializeAsync()
    {
        Node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000" }
        );
        await Register(Node, Shop, Wiki, Spa, Tool, Bank, Legacy, Notes);
    }

    /// <summary>Registers applications, in place of those before, and waits until the node knows them.</summary>
    public static async Task Register(RunningNode node, params TestApplication[] applications)
    {
        IReadOnlyList<string> problems = await node
            .Services.GetRequiredService<IGrainFactory>()
            .Registry()
            .ReplaceFile([.. applications.Select(application => application.Entry())]);
        Assert.Empty(problems);
        await Refresh(node);
    }

    /// <summary>Asks the registry, whose copy lapses when the clock is moved.</summary>
    public static Task Refresh(RunningNode node) =>
        node.Services.GetRequiredService<RegistryCopy>().Refresh(CancellationToken.None);

    /// <summary>Moves the clock.</summary>
    public async Task Advance(TimeSpan by)
    {
        Node.Clock.Advance(by);
        await Refresh(Node);
    }

    /// <summary>The client of an application.</summary>
    public ApplicationClient Client(TestApplication application) => new(Node.Url, application);

    /// <summary>A browser that is signed in.</summary>
    public async Task<BrowserClient> SignedIn() => (await Node.NewUser()).Browser;

    public async Task DisposeAsync() => await Node.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class ProviderTests : ICollectionFixture<Provider>
{
    public const string Name = "provider";
}
