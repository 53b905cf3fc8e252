using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>A node whose first throttling delay is a minute, so that no delay ends before the test moves the clock.</summary>
public sealed class SlowThrottleNode : IAsyncLifetime
{
    /// <summary>The first delay.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);

    public string CookieSecret { get; } = KnownSecrets.NewSecret();

    public string TokenSecret { get; } = KnownSecrets.NewSecret();

    public RunningNode Node { get; private set; } = null!;

    internal Forger Forger => new(CookieSecret, TokenSecret);

    public async Task InitializeAsync() =>
        Node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["COOKIE_SIGNATURE"] = CookieSecret,
                ["JWT_SIGNATURE"] = TokenSecret,
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
                ["SIGN_IN_FIRST_DELAY"] = $"{FirstDelay}",
            }
        );

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
