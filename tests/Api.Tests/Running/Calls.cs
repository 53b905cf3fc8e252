namespace SessionAuth.Api.Tests.Running;

/// <summary>Every call of the API.</summary>
public static class Calls
{
    [Flags]
    private enum Kinds
    {
        None = 0,
        CallsGrain = 1,
        Changes = 2,
        NeedsASession = 4,
    }

    private static readonly (string Method, string Path, Kinds Kinds)[] s_all =
    [
        ("POST", "/register", Kinds.CallsGrain | Kinds.Changes),
        ("POST", "/login", Kinds.CallsGrain | Kinds.Changes),
        ("POST", "/logout", Kinds.CallsGrain | Kinds.Changes),
        ("POST", "/refresh", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/test", Kinds.CallsGrain | Kinds.NeedsASession),
        ("GET", "/me", Kinds.CallsGrain | Kinds.NeedsASession),
        ("GET", "/session", Kinds.CallsGrain),
        ("GET", "/sessions", Kinds.CallsGrain | Kinds.NeedsASession),
        (
            "DELETE",
            "/sessions/AAAAAAAAAAAAAAAAAAAAAA",
            Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession
        ),
        ("DELETE", "/sessions", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/sessions/events", Kinds.CallsGrain | Kinds.NeedsASession),
        ("GET", "/healthz/live", Kinds.None),
        ("GET", "/healthz/ready", Kinds.None),
        ("GET", "/healthz/storage", Kinds.None),
        ("GET", "/openapi/v1.json", Kinds.None),
        ("POST", "/login/passkey/options", Kinds.Changes),
        ("POST", "/login/passkey", Kinds.Changes),
        ("GET", "/passkeys", Kinds.CallsGrain | Kinds.NeedsASession),
        ("POST", "/passkeys/options", Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/passkeys", Kinds.Changes | Kinds.NeedsASession),
        (
            "DELETE",
            "/passkeys/AAAAAAAAAAAAAAAAAAAAAA",
            Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession
        ),
        ("POST", "/login/second-factor", Kinds.Changes),
        ("POST", "/email/verification/confirm", Kinds.CallsGrain | Kinds.Changes),
        ("GET", "/password/policy", Kinds.None),
        ("POST", "/password/forgot", Kinds.CallsGrain | Kinds.Changes),
        ("POST", "/password/reset", Kinds.CallsGrain | Kinds.Changes),
        ("POST", "/email/verification", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/email/change", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/email/change/confirm", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/password/change", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/step-up", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/totp", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/totp/confirm", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("DELETE", "/factors/totp", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/recovery-codes", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("DELETE", "/me", Kinds.CallsGrain | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/me/activity", Kinds.CallsGrain | Kinds.NeedsASession),
        ("GET", "/me/export", Kinds.CallsGrain | Kinds.NeedsASession),
    ];

    public static TheoryData<string, string> All => Of(Kinds.None);

    /// <summary>The calls that reach a grain.</summary>
    public static TheoryData<string, string> CallingGrains => Of(Kinds.CallsGrain);

    /// <summary>The calls that change something.</summary>
    public static TheoryData<string, string> Changes => Of(Kinds.Changes);

    /// <summary>The calls that need a session.</summary>
    public static TheoryData<string, string> NeedingASession => Of(Kinds.NeedsASession);

    private static TheoryData<string, string> Of(Kinds kinds)
    {
        TheoryData<string, string> calls = new();
        foreach ((string method, string path, Kinds kindsOfCall) in s_all)
        {
            if (kindsOfCall.HasFlag(kinds))
                calls.Add(method, path);
        }

        return calls;
    }
}
