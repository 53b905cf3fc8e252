using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>A node with domain names, which passkeys need. Its grain calls can be made to fail.</summary>
public sealed class PasskeyNode : IAsyncLifetime
{
    public const string Domain = "nodeauth.test";
    public const string Ui = "https://nodeauth.test";
    public const string Api = "https://api.nodeauth.test";

    /// <summary>The settings for the domain.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["ROOT_DOMAIN"] = Domain,
            ["PUBLIC_URL"] = Ui,
            ["API_URL"] = Api,
            ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
        };

    public FaultyCalls Faults { get; } = new();

    public RunningNode Node { get; private set; } = null!;

    /// <param name="settings">Settings beside those for the domain.</param>
    /// <param name="faults">Makes grain calls fail.</param>
    /// <param name="directory">The data of an earlier node, if any.</param>
    public static Task<RunningNode> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        FaultyCalls? faults = null,
        string? directory = null
    ) =>
        RunningNode.Start(
            new Dictionary<string, string>([
                .. Settings,
                .. settings ?? new Dictionary<string, string>(),
            ]),
            directory,
            configure: services =>
                services.AddSingleton<IIncomingGrainCallFilter>(faults ?? new FaultyCalls())
        );

    /// <summary>A browser that uses the pages and API of a node.</summary>
    public static BrowserClient Browser(RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        browser.Host = new Uri(Api).Authority;
        browser.Origin = Ui;
        return browser;
    }

    /// <summary>A browser without cookies.</summary>
    public BrowserClient NewBrowser() => Browser(Node);

    public async Task InitializeAsync() => Node = await Start(faults: Faults);

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
