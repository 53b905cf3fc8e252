using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>A node with applications behind a proxy, which these tests are.</summary>
public sealed class ProxiedNode : IAsyncLifetime
{
    public RunningNode Node { get; private set; } = null!;

    /// <summary>An application as most are registered.</summary>
    public static Application Shop { get; } = Proxied("shop");

    /// <summary>Another one.</summary>
    public static Application Wiki { get; } = Proxied("wiki");

    /// <summary>One that takes only sessions with a second factor.</summary>
    public static Application Bank { get; } = Proxied("bank") with { RequiresSecondFactor = true };

    /// <summary>One where signing out ends its own part alone, and which knows people by their email.</summary>
    public static Application Notes { get; } =
        Proxied("notes") with
        {
            SignOut = ApplicationSignOut.Application,
            RemoteUser = RemoteUserName.Email,
            PassesPreflights = true,
        };

    public async Task InitializeAsync()
    {
        Node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
            }
        );
        IReadOnlyList<string> problems = await Node
            .Services.GetRequiredService<IGrainFactory>()
            .Registry()
            .ReplaceFile([Shop, Wiki, Bank, Notes]);
        Assert.Empty(problems);
        await Refresh();
    }

    /// <summary>Moves the clock.</summary>
    public async Task Advance(TimeSpan by)
    {
        Node.Clock.Advance(by);
        await Refresh();
    }

    /// <summary>A browser that is signed in at the pages.</summary>
    public async Task<BrowserClient> SignedIn(string? email = null)
    {
        BrowserClient browser = Node.NewBrowser();
        using HttpResponseMessage registered = await browser.Register(email ?? People.NewEmail());
        registered.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>A browser that has signed in at an application.</summary>
    public async Task<ApplicationBrowser> SignedInAt(Application application, string? email = null)
    {
        ApplicationBrowser browser = new(Node, await SignedIn(email), application);
        await browser.SignIn();
        return browser;
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    private Task<RegistryContent> Refresh() =>
        Node.Services.GetRequiredService<RegistryCopy>().Refresh(CancellationToken.None);

    private static Application Proxied(string id) =>
        new()
        {
            Id = ClientId.Parse(id),
            Name = $"The {id}",
            Kind = ApplicationKind.Proxied,
            Origins = [$"https://{id}.example.com"],
        };
}

[CollectionDefinition(Name)]
public sealed class ProxiedNodeTests : ICollectionFixture<ProxiedNode>
{
    public const string Name = "proxied node";
}
