using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases;

namespace SessionAuth.Cli.Import;

/// <summary>
/// Imports a user without an account, as a registration does: an email that is reserved by an import or a registration
/// that never completed is released from that id and claimed.
/// </summary>
internal sealed class UserImport(IGrainFactory grains, EmailClaim claim, TimeProvider clock)
{
    private const int MaxAttempts = 8;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    /// <returns>False if the email has an account; null if others keep claiming it.</returns>
    public async Task<bool?> Import(ImportedUser user, CancellationToken stopping)
    {
        ImportResult? imported = await claim.Claim(
            insteadOf =>
            {
                // Idempotent: a call that is retried with the same id finds the user that it has created.
                UserId id = UserId.New(clock.GetUtcNow());
                return Retry(
                    () => grains.UserData(id).Import(user with { InsteadOf = insteadOf }),
                    stopping
                );
            },
            result => result is ImportResult.EmailTaken taken ? (user.Email, taken.Owner) : null,
            (email, owner) => Retry(() => grains.User(owner).ReleaseReservation(email), stopping)
        );
        return imported?.Match<bool?>(
            made => true,
            emailTaken => false,
            idTaken => throw new InvalidOperationException("A new id was used before.")
        );
    }

    /// <returns>False if the email has an account.</returns>
    public async Task<bool?> Preview(ImportedUser user, CancellationToken stopping)
    {
        EmailKey key = EmailKey.Of(user.Email);
        UserId? owner = await Retry(() => grains.Email(key).Owner(), stopping);
        if (owner is not { } id)
            return true;

        UserProfile? profile = await Retry(() => grains.User(id).Profile(), stopping);
        return profile is null || (profile.Email != user.Email && profile.NewEmail != user.Email);
    }

    // Every call here is idempotent. Storage, or a silo, may be available again within seconds.
    private async Task<T> Retry<T>(Func<Task<T>> call, CancellationToken stopping)
    {
        TimeSpan pause = s_firstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception e)
                when (e is OrleansException or TimeoutException
                    && attempt < MaxAttempts
                    && !stopping.IsCancellationRequested
                )
            {
                // Jitter, so that parallel imports do not retry in lockstep.
                await Task.Delay(
                    pause * (0.5 + Random.Shared.NextDouble() / 2),
                    clock,
                    CancellationToken.None
                );
                pause *= 2;
            }
        }
    }
}
