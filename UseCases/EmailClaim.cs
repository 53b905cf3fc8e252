using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.UseCases;

/// <summary>
/// Claims an email. If it is only reserved, by a registration or import that was never finished, the reservation is
/// released and the claim is retried.
/// </summary>
public sealed class EmailClaim(IGrainFactory grains)
{
    // Concurrent claims of the same email may win every round; the caller then fails and can retry later.
    private const int MaxRounds = 3;

    /// <summary>
    /// Runs an operation that claims an email, again each time an unfinished reservation was released.
    /// </summary>
    /// <param name="claim">The operation; its argument is the owner who has released the email, if any.</param>
    /// <param name="taken">The email and its owner, when the result says that it is taken; else null.</param>
    /// <param name="release">Releases the owner's reservation, if it is one; null for the default.</param>
    /// <returns>The result; null when concurrent claims won every round.</returns>
    public async Task<TResult?> Claim<TResult>(
        Func<UserId?, Task<TResult>> claim,
        Func<TResult, (string Email, UserId Owner)?> taken,
        Func<string, UserId, Task<bool>>? release = null
    )
        where TResult : class
    {
        release ??= (email, owner) => grains.User(owner).ReleaseReservation(email);
        UserId? insteadOf = null;
        for (int round = 0; round < MaxRounds; round++)
        {
            TResult result = await claim(insteadOf);
            if (taken(result) is not var (email, owner) || !await release(email, owner))
                return result;

            insteadOf = owner;
        }

        return null;
    }
}
