using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>A node that goes by domain names, which passkeys need; its grain calls fail when told to.</summary>
public sealed class PasskeyNode : IAsyncLifetime
{
    public const string Domain = "nodeauth.test";
    public const string Ui = "https://nodeauth.test";
    public const string Api = "https://api.nodeauth.test";

    /// <summary>The settings that name the domain.</summary>
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

    /// <param name="settings">Settings beside those that name the domain.</param>
    /// <param name="faults">The faults of its calls.</param>
    /// <param name="directory">Data of an earlier node to go on with.</param>
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

    /// <summary>A browser at the pages of a node.</summary>
    public static BrowserClient Browser(RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        browser.Host = new Uri(Api).Authority;
        browser.Origin = Ui;
        return browser;
    }

    /// <summary>A browser that has never been here.</summary>
    public BrowserClient NewBrowser() => Browser(Node);

    public async Task InitializeAsync() => Node = await Start(faults: Faults);

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
