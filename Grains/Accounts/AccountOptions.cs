using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Accounts;

/// <summary>Who may have an account, and how strongly they have to prove who they are.</summary>
public sealed class AccountOptions
{
    /// <summary>
    /// <c>open</c>: everybody may register. <c>private</c>: the same, but nobody learns whether an address has an
    /// account, and one has to be verified before it may sign in. <c>closed</c>: nobody may.
    /// </summary>
    [ConfigurationKeyName("REGISTRATION")]
    public string Registration { get; set; } = "open";

    /// <summary>Whether an address that is not verified may sign in: <c>on</c> or <c>off</c>.</summary>
    [ConfigurationKeyName("UNVERIFIED_SIGN_IN")]
    public string UnverifiedSignIn { get; set; } = "on";

    /// <summary>
    /// <c>none</c>: no second factor or passkey can be added; those that there are still count. <c>optional</c>: who
    /// wants one has one. <c>all</c>: a session opens nothing before its user has proved two factors.
    /// </summary>
    [ConfigurationKeyName("TWO_FACTOR")]
    public string TwoFactor { get; set; } = "optional";

    /// <summary>For how long it is kept from where an account was used: IP addresses and browsers.</summary>
    [ConfigurationKeyName("TRACE_RETENTION")]
    public TimeSpan TraceRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How old a proof of who is there may be for a sensitive change (NIST SP 800-63B-4 §4.1.2.1).</summary>
    public TimeSpan ProofAge { get; internal set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many passkeys a user may have.</summary>
    public int MaxPasskeys { get; internal set; } = 20;

    /// <summary>How many mails of one kind may be asked for in an hour.</summary>
    public int MailsPerHour { get; internal set; } = 5;

    /// <summary>The same as the account takes it.</summary>
    internal AccountRules Rules(SessionOptions sessions) =>
        new()
        {
            RegistrationIsClosed = Registration == "closed",
            RegistrationIsPrivate = Registration == "private",
            NeedsVerifiedEmail = Registration == "private" || UnverifiedSignIn == "off",
            AllowsSecondFactors = TwoFactor != "none",
            NeedsTwoFactors = TwoFactor == "all",
            ProofAge = ProofAge,
            MaxPasskeys = MaxPasskeys,
            MaxSessions = sessions.MaxSessionsPerUser,
            MailsPerHour = MailsPerHour,
            TraceRetention = TraceRetention,
        };
}
