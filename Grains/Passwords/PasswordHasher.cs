using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Hashes and verifies passwords behind the scheduler. Each answer is null when too many wait.</summary>
internal sealed class PasswordHasher(
    PasswordHashScheduler scheduler,
    IOptions<PasswordOptions> options
) : ILifecycleParticipant<ISiloLifecycle>
{
    // Verified when there is no account, so that the response time does not reveal it (user enumeration, ASVS 6.3.8).
    private readonly Lazy<string> _decoyHash = new(() =>
        Argon2idHash.Compute(new(RandomNumberGenerator.GetHexString(32)), options.Value)
    );

    /// <summary>
    /// Computes the dummy hash when the silo starts, so that the first unknown email does not take longer.
    /// </summary>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(
            nameof(PasswordHasher),
            ServiceLifecycleStage.RuntimeInitialize,
            _ => Task.FromResult(_decoyHash.Value)
        );

    /// <param name="password">The new password.</param>
    /// <param name="known">Whether the user has authenticated before: known users are queued separately.</param>
    public Task<string?> Hash(Password password, bool known) =>
        scheduler.TryRun(() => Argon2idHash.Compute(password, options.Value), known);

    /// <param name="hash">The account's hash; null when there is no account: a dummy hash is verified instead.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="known">As for <see cref="Hash"/>.</param>
    /// <param name="user">The user whose <see cref="HashQuota"/> applies to a known device; null for no quota.</param>
    public async Task<bool?> Verify(
        string? hash,
        Password password,
        bool known,
        UserId? user = null
    )
    {
        string against = hash ?? _decoyHash.Value;
        bool? Work() => Matches(against, password);
        bool? matches =
            known && user is { } one
                ? await scheduler.TryRunFor(Work, one)
                : await scheduler.TryRun(Work, known);
        if (matches is null)
            return null;

        bool right = matches.Value && hash is not null;
        if (!known)
            scheduler.RecordResult(right);
        return right;
    }

    /// <summary>
    /// Whether to rehash the password at the next sign-in: the parameters have changed, or it is bcrypt.
    /// </summary>
    public bool IsOutdated([NotNullWhen(true)] string? hash) =>
        hash is not null
        && (BcryptHash.TryParse(hash, out _) || Argon2idHash.IsOutdated(hash, options.Value));

    private static bool Matches(string hash, Password password) =>
        BcryptHash.TryParse(hash, out BcryptHash bcrypt)
            ? BcryptPassword.Matches(bcrypt, password)
            : Argon2idHash.Matches(hash, password);
}
