using System.Security.Cryptography;

namespace SessionAuth.Api.Tests.Running;

/// <summary>A node whose signing secrets the tests know.</summary>
public sealed class KnownSecrets : IAsyncLifetime
{
    public string CookieSecret { get; } = NewSecret();

    public string TokenSecret { get; } = NewSecret();

    public RunningNode Node { get; private set; } = null!;

    internal Forger Forger => new(CookieSecret, TokenSecret);

    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public async Task InitializeAsync() =>
        Node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["COOKIE_SIGNATURE"] = CookieSecret,
                ["JWT_SIGNATURE"] = TokenSecret,
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
            }
        );

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
