using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Sessions;
using SessionAuth.Settings;

namespace SessionAuth.Grains.Accounts;

/// <summary>Who may have an account, and how strongly users must authenticate.</summary>
public sealed class AccountOptions
{
    /// <summary>Who may register.</summary>
    [ConfigurationKeyName("REGISTRATION")]
    public RegistrationPolicy Registration { get; set; } = RegistrationPolicy.Open;

    /// <summary>Whether an account whose email is not verified may sign in.</summary>
    [ConfigurationKeyName("UNVERIFIED_SIGN_IN")]
    public Toggle UnverifiedSignIn { get; set; } = Toggle.On;

    /// <summary>Whether second factors are off, optional or required.</summary>
    [ConfigurationKeyName("TWO_FACTOR")]
    public TwoFactorPolicy TwoFactor { get; set; } = TwoFactorPolicy.Optional;

    /// <summary>The retention of IP addresses and browsers in sessions, devices and the activity log.</summary>
    [ConfigurationKeyName("DEVICE_DATA_RETENTION")]
    public TimeSpan DeviceDataRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How old <c>auth_time</c> may be for a sensitive change (NIST SP 800-63B-4 §4.1.2.1).</summary>
    public TimeSpan ProofAge { get; internal set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most passkeys of a user.</summary>
    public int MaxPasskeys { get; internal set; } = 20;

    /// <summary>The most emails of one kind per account and hour.</summary>
    public int MailsPerHour { get; internal set; } = 5;

    /// <summary>The settings as domain rules.</summary>
    internal AccountRules Rules(SessionOptions sessions) =>
        new()
        {
            RegistrationIsClosed = Registration == RegistrationPolicy.Closed,
            RegistrationIsPrivate = Registration == RegistrationPolicy.Private,
            NeedsVerifiedEmail =
                Registration == RegistrationPolicy.Private || UnverifiedSignIn == Toggle.Off,
            AllowsSecondFactors = TwoFactor != TwoFactorPolicy.None,
            NeedsTwoFactors = TwoFactor == TwoFactorPolicy.All,
            ProofAge = ProofAge,
            MaxPasskeys = MaxPasskeys,
            MaxSessions = sessions.MaxSessionsPerUser,
            MailsPerHour = MailsPerHour,
            DeviceDataRetention = DeviceDataRetention,
        };
}

/// <summary>Who may register.</summary>
public enum RegistrationPolicy
{
    /// <summary>Anybody.</summary>
    Open,

    /// <summary>
    /// Anybody, without user enumeration: no answer reveals whether an email has an account, and an email must be
    /// verified before its account may sign in.
    /// </summary>
    Private,

    /// <summary>Nobody.</summary>
    Closed,
}

/// <summary>Whether second factors are off, optional or required.</summary>
public enum TwoFactorPolicy
{
    /// <summary>No second factor or passkey can be added. Existing ones stay in use.</summary>
    None,

    /// <summary>Users may add second factors and passkeys.</summary>
    Optional,

    /// <summary>Required: a session is restricted until its user has proved two factors.</summary>
    All,
}
