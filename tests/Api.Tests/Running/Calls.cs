namespace SessionAuth.Api.Tests.Running;

/// <summary>Every call of the API.</summary>
public static class Calls
{
    public static TheoryData<string, string> All =>
        new()
        {
            { "POST", "/register" },
            { "POST", "/login" },
            { "POST", "/logout" },
            { "POST", "/refresh" },
            { "GET", "/test" },
            { "GET", "/me" },
            { "GET", "/sessions" },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA" },
            { "DELETE", "/sessions" },
            { "GET", "/sessions/events" },
            { "GET", "/healthz/live" },
            { "GET", "/healthz/ready" },
            { "GET", "/healthz/storage" },
            { "GET", "/openapi/v1.json" },
            { "POST", "/login/passkey/options" },
            { "POST", "/login/passkey" },
            { "GET", "/passkeys" },
            { "POST", "/passkeys/options" },
            { "POST", "/passkeys" },
            { "DELETE", "/passkeys/AAAAAAAAAAAAAAAAAAAAAA" },
            { "POST", "/login/second-factor" },
            { "POST", "/email/verification/confirm" },
            { "POST", "/password/forgot" },
            { "POST", "/password/reset" },
            { "POST", "/email/verification" },
            { "POST", "/email/change" },
            { "POST", "/email/change/confirm" },
            { "POST", "/password/change" },
            { "POST", "/step-up" },
            { "POST", "/factors/totp" },
            { "POST", "/factors/totp/confirm" },
            { "DELETE", "/factors/totp" },
            { "POST", "/factors/recovery-codes" },
            { "DELETE", "/me" },
            { "GET", "/me/activity" },
            { "GET", "/me/export" },
        };

    /// <summary>Those that ask a grain.</summary>
    public static TheoryData<string, string> Asking =>
        new()
        {
            { "POST", "/register" },
            { "POST", "/login" },
            { "POST", "/logout" },
            { "POST", "/refresh" },
            { "GET", "/test" },
            { "GET", "/me" },
            { "GET", "/sessions" },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA" },
            { "DELETE", "/sessions" },
            { "GET", "/sessions/events" },
            { "GET", "/passkeys" },
            { "DELETE", "/passkeys/AAAAAAAAAAAAAAAAAAAAAA" },
            { "POST", "/email/verification/confirm" },
            { "POST", "/password/forgot" },
            { "POST", "/password/reset" },
            { "POST", "/email/verification" },
            { "POST", "/email/change" },
            { "POST", "/email/change/confirm" },
            { "POST", "/password/change" },
            { "POST", "/step-up" },
            { "POST", "/factors/totp" },
            { "POST", "/factors/totp/confirm" },
            { "DELETE", "/factors/totp" },
            { "POST", "/factors/recovery-codes" },
            { "DELETE", "/me" },
            { "GET", "/me/activity" },
            { "GET", "/me/export" },
        };

    /// <summary>Those that change something.</summary>
    public static TheoryData<string, string> Changes =>
        new()
        {
            { "POST", "/register" },
            { "POST", "/login" },
            { "POST", "/logout" },
            { "POST", "/refresh" },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA" },
            { "DELETE", "/sessions" },
            { "POST", "/login/passkey/options" },
            { "POST", "/login/passkey" },
            { "POST", "/passkeys/options" },
            { "POST", "/passkeys" },
            { "DELETE", "/passkeys/AAAAAAAAAAAAAAAAAAAAAA" },
            { "POST", "/login/second-factor" },
            { "POST", "/email/verification/confirm" },
            { "POST", "/password/forgot" },
            { "POST", "/password/reset" },
            { "POST", "/email/verification" },
            { "POST", "/email/change" },
            { "POST", "/email/change/confirm" },
            { "POST", "/password/change" },
            { "POST", "/step-up" },
            { "POST", "/factors/totp" },
            { "POST", "/factors/totp/confirm" },
            { "DELETE", "/factors/totp" },
            { "POST", "/factors/recovery-codes" },
            { "DELETE", "/me" },
        };

    /// <summary>Those that need a session.</summary>
    public static TheoryData<string, string> NeedingASession =>
        new()
        {
            { "POST", "/refresh" },
            { "GET", "/test" },
            { "GET", "/me" },
            { "GET", "/sessions" },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA" },
            { "DELETE", "/sessions" },
            { "GET", "/sessions/events" },
            { "GET", "/passkeys" },
            { "POST", "/passkeys/options" },
            { "POST", "/passkeys" },
            { "DELETE", "/passkeys/AAAAAAAAAAAAAAAAAAAAAA" },
            { "POST", "/email/verification" },
            { "POST", "/email/change" },
            { "POST", "/email/change/confirm" },
            { "POST", "/password/change" },
            { "POST", "/step-up" },
            { "POST", "/factors/totp" },
            { "POST", "/factors/totp/confirm" },
            { "DELETE", "/factors/totp" },
            { "POST", "/factors/recovery-codes" },
            { "DELETE", "/me" },
            { "GET", "/me/activity" },
            { "GET", "/me/export" },
        };
}
