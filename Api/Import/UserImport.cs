using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Import;

/// <summary>
/// Makes a user who has no account yet, as a registration does: where the address turns out to be left behind by an
/// import or a registration that never ended, that one's id is given up, and the address is claimed in its stead.
/// </summary>
internal sealed class UserImport(IGrainFactory grains, TimeProvider clock)
{
    private const int MostRounds = 3;
    private const int MostTries = 8;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    /// <returns>Whether the user was made; false when the address has an account; null when others claim it again and again.</returns>
    public async Task<bool?> Make(ImportedUser user, CancellationToken stopping)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            // An answer that is lost is asked for again with the same id, and finds what it has made.
            UserId id = UserId.New(clock.GetUtcNow());
            ImportResult result = await Patiently(() => grains.UserData(id).Import(user), stopping);
            UserId? taken = result.Match<UserId?>(
                imported => null,
                emailTaken => emailTaken.Owner,
                idTaken => throw new InvalidOperationException("A new id was used before.")
            );
            if (taken is not { } owner)
                return true;
            if (!await Patiently(() => grains.User(owner).Abandon(user.Email), stopping))
                return false;

            user = user with { InsteadOf = owner };
        }

        return null;
    }

    /// <returns>Whether the user would be made; false when the address has an account.</returns>
    public async Task<bool?> Foresee(ImportedUser user, CancellationToken stopping)
    {
        EmailKey key = EmailKey.Of(user.Email);
        UserId? owner = await Patiently(() => grains.Email(key).Owner(), stopping);
        if (owner is not { } id)
            return true;

        UserProfile? profile = await Patiently(() => grains.User(id).Profile(), stopping);
        return profile is null || (profile.Email != user.Email && profile.NewEmail != user.Email);
    }

    // Every call of ours is safe to repeat. Storage, or a silo, may be back within seconds.
    private async Task<T> Patiently<T>(Func<Task<T>> call, CancellationToken stopping)
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
                    && attempt < MostTries
                    && !stopping.IsCancellationRequested
                )
            {
                // At random between half of the pause and all of it: sixteen calls are under way at once.
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
