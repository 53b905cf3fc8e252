using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>Hashes and verifies passwords behind the gate. Each answer is null when too many wait.</summary>
internal sealed class PasswordHasher(HashGate gate, IOptions<PasswordOptions> options)
    : ILifecycleParticipant<ISiloLifecycle>
{
    // Verified where there is no user: what it costs tells nobody that there is none (ASVS 6.3.8).
    private readonly Lazy<string> _hashOfNobody = new(() =>
        Argon2idHash.Compute(new(RandomNumberGenerator.GetHexString(32)), options.Value)
    );

    /// <summary>Makes the hash of nobody with the silo, lest the first unknown address take longer than the rest.</summary>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(
            nameof(PasswordHasher),
            ServiceLifecycleStage.RuntimeInitialize,
            _ => Task.FromResult(_hashOfNobody.Value)
        );

    /// <param name="password">The new password.</param>
    /// <param name="known">Whether it is for somebody who has shown before who they are: they go first.</param>
    public Task<string?> Hash(Password password, bool known) =>
        gate.TryRun(() => Argon2idHash.Compute(password, options.Value), known);

    /// <param name="hash">The user's; null where there is no user.</param>
    /// <param name="password">As typed.</param>
    /// <param name="known">As above.</param>
    /// <param name="user">The user, where several of their passwords may be verified at once.</param>
    public async Task<bool?> Verify(
        string? hash,
        Password password,
        bool known,
        UserId? user = null
    )
    {
        string against = hash ?? _hashOfNobody.Value;
        bool? Work() => Matches(against, password);
        bool? matches =
            known && user is { } one
                ? await gate.TryRunFor(Work, one)
                : await gate.TryRun(Work, known);
        if (matches is null)
            return null;

        bool right = matches.Value && hash is not null;
        if (!known)
            gate.Learn(right);
        return right;
    }

    /// <summary>Whether the hash is to be replaced when the password is known: for other parameters, or for bcrypt.</summary>
    public bool IsOutdated([NotNullWhen(true)] string? hash) =>
        hash is not null
        && (BcryptHash.TryParse(hash, out _) || Argon2idHash.IsOutdated(hash, options.Value));

    private static bool Matches(string hash, Password password) =>
        BcryptHash.TryParse(hash, out BcryptHash bcrypt)
            ? BcryptPassword.Matches(bcrypt, password)
            : Argon2idHash.Matches(hash, password);
}
