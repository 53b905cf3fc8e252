using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>A passkey whose authenticator verifies its user. What it signs is verified before it comes here.</summary>
public sealed class PasskeyFactor : ISecondFactor
{
    // Nobody signs so many within the five minutes that a challenge is good.
    private const int MaxSpentChallenges = 100;

    // Nodes' clocks may differ by so much.
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

    /// <summary>The account with the challenge spent; null when it was answered before. It is spent once that is durable.</summary>
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

    /// <summary>The account whose passkey was used; null when it has no such passkey, or the challenge was answered before.</summary>
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
