namespace SessionAuth.Api.Tests.Running;

/// <summary>Every call of the API.</summary>
public static class Calls
{
    [Flags]
    private enum Kinds
    {
        None = 0,
        Asks = 1,
        Changes = 2,
        NeedsASession = 4,
    }

    private static readonly (string Method, string Path, Kinds Kinds)[] s_all =
    [
        ("POST", "/register", Kinds.Asks | Kinds.Changes),
        ("POST", "/login", Kinds.Asks | Kinds.Changes),
        ("POST", "/logout", Kinds.Asks | Kinds.Changes),
        ("POST", "/refresh", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/test", Kinds.Asks | Kinds.NeedsASession),
        ("GET", "/me", Kinds.Asks | Kinds.NeedsASession),
        ("GET", "/session", Kinds.Asks),
        ("GET", "/sessions", Kinds.Asks | Kinds.NeedsASession),
        (
            "DELETE",
            "/sessions/AAAAAAAAAAAAAAAAAAAAAA",
            Kinds.Asks | Kinds.Changes | Kinds.NeedsASession
        ),
        ("DELETE", "/sessions", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/sessions/events", Kinds.Asks | Kinds.NeedsASession),
        ("GET", "/healthz/live", Kinds.None),
        ("GET", "/healthz/ready", Kinds.None),
        ("GET", "/healthz/storage", Kinds.None),
        ("GET", "/openapi/v1.json", Kinds.None),
        ("POST", "/login/passkey/options", Kinds.Changes),
        ("POST", "/login/passkey", Kinds.Changes),
        ("GET", "/passkeys", Kinds.Asks | Kinds.NeedsASession),
        ("POST", "/passkeys/options", Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/passkeys", Kinds.Changes | Kinds.NeedsASession),
        (
            "DELETE",
            "/passkeys/AAAAAAAAAAAAAAAAAAAAAA",
            Kinds.Asks | Kinds.Changes | Kinds.NeedsASession
        ),
        ("POST", "/login/second-factor", Kinds.Changes),
        ("POST", "/email/verification/confirm", Kinds.Asks | Kinds.Changes),
        ("GET", "/password/policy", Kinds.None),
        ("POST", "/password/forgot", Kinds.Asks | Kinds.Changes),
        ("POST", "/password/reset", Kinds.Asks | Kinds.Changes),
        ("POST", "/email/verification", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/email/change", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/email/change/confirm", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/password/change", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/step-up", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/totp", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/totp/confirm", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("DELETE", "/factors/totp", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("POST", "/factors/recovery-codes", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("DELETE", "/me", Kinds.Asks | Kinds.Changes | Kinds.NeedsASession),
        ("GET", "/me/activity", Kinds.Asks | Kinds.NeedsASession),
        ("GET", "/me/export", Kinds.Asks | Kinds.NeedsASession),
    ];

    public static TheoryData<string, string> All => Of(Kinds.None);

    /// <summary>Those that ask a grain.</summary>
    public static TheoryData<string, string> Asking => Of(Kinds.Asks);

    /// <summary>Those that change something.</summary>
    public static TheoryData<string, string> Changes => Of(Kinds.Changes);

    /// <summary>Those that need a session.</summary>
    public static TheoryData<string, string> NeedingASession => Of(Kinds.NeedsASession);

    private static TheoryData<string, string> Of(Kinds kinds)
    {
        TheoryData<string, string> calls = new();
        foreach ((string method, string path, Kinds has) in s_all)
        {
            if (has.HasFlag(kinds))
                calls.Add(method, path);
        }

        return calls;
    }
}
