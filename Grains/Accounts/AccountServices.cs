using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Accounts;

/// <summary>The services that all account grains of a silo share.</summary>
internal sealed class AccountServices(
    AccountSecrets secrets,
    PasswordChecks passwords,
    OutboxSignal outbox,
    IOptions<AccountOptions> options,
    IOptions<SessionOptions> sessionOptions,
    TimeProvider clock,
    ILogger<AccountGrain> logger
)
{
    /// <summary>Seals secrets, and makes link tokens and recovery codes.</summary>
    public AccountSecrets Secrets => secrets;

    /// <summary>Verifies and hashes passwords.</summary>
    public PasswordChecks Passwords => passwords;

    /// <summary>Signals emails in an outbox to the mail dispatcher.</summary>
    public OutboxSignal Outbox => outbox;

    /// <summary>The rules.</summary>
    public AccountRules Rules { get; } = options.Value.Rules(sessionOptions.Value);

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The log.</summary>
    public ILogger Logger => logger;
}
