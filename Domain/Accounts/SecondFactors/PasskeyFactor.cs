using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>Passkeys with user verification. Assertions are verified by the front end.</summary>
public sealed class PasskeyFactor : ISecondFactor
{
    // A bound that no user reaches within the five minutes that a challenge is valid.
    private const int MaxSpentChallenges = 100;

    // Allows for clock skew between nodes.
    private static readonly TimeSpan s_challengeIsKeptBeyond = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public AuthenticationMethod Method => AuthenticationMethod.Passkey;

    /// <inheritdoc/>
    public bool IsFactor => true;

    /// <inheritdoc/>
    public bool IsAskedAfterPassword => false;

    /// <inheritdoc/>
    public bool VerifiesItsUser => true;

    /// <inheritdoc/>
    public bool IsOn(Account account) => account.Passkeys.Count > 0;

    /// <summary>
    /// Marks a challenge as used; null if it was used before (replay). It counts as used once the account is stored.
    /// </summary>
    public static Account? Spend(
        Account account,
        AnsweredChallenge challenge,
        AccountContext context
    )
    {
        SpentChallenge[] kept =
        [
            .. account.SpentChallenges.Where(spent =>
                context.Now < spent.GoodUntil + s_challengeIsKeptBeyond
            ),
        ];
        return kept.Length < MaxSpentChallenges && kept.All(spent => spent.Nonce != challenge.Nonce)
            ? account with
            {
                SpentChallenges = [.. kept, new(challenge.Nonce, challenge.GoodUntil)],
            }
            : null;
    }

    /// <summary>
    /// Records the use of a passkey; null if the passkey is unknown or the challenge was used before.
    /// </summary>
    public static Account? Use(Account account, PasskeyUse use, AccountContext context) =>
        account.Passkeys.Any(known => known.Id == use.Id)
        && Spend(account, use.Challenge, context) is { } spent
            ? spent with
            {
                Passkeys =
                [
                    .. account.Passkeys.Select(known =>
                        known.Id == use.Id
                            ? known with
                            {
                                LastUsedAt = context.Now,
                                SignCount = use.SignCount,
                                BackedUp = use.BackedUp,
                            }
                            : known
                    ),
                ],
            }
            : null;
}
