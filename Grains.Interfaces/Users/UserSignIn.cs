using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>Signing in by password.</summary>
public static class UserSignIn
{
    private const int MaxRounds = 3;

    /// <summary>
    /// Verifies the password, and starts a session. A grain cannot do both in one call that lets others in between: when it
    /// leaves its silo, it waits for that call, and the call for its turn.
    /// </summary>
    /// <param name="user">The user's grain.</param>
    /// <param name="signIn">Who wants a session.</param>
    public static async Task<SignInResult> SignIn(this IUserGrain user, SignIn signIn)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            VerifyPasswordResult verified = await user.VerifyPassword(signIn);
            SignInResult? result = await verified.Match(
                matched => Enter(user, signIn, matched.Stamp),
                refused => Task.FromResult<SignInResult?>(new SignInResult.Refused()),
                busy => Task.FromResult<SignInResult?>(new SignInResult.Busy())
            );
            if (result is not null)
                return result;
        }

        return new SignInResult.Busy();
    }

    // Null when the account's secrets have changed since the password was verified.
    private static async Task<SignInResult?> Enter(IUserGrain user, SignIn signIn, long stamp)
    {
        EnterResult entered = await user.Enter(signIn, stamp);
        return entered.Match<SignInResult?>(
            signedIn => new SignInResult.SignedIn(signedIn.Email, signedIn.Grant),
            needed => new SignInResult.SecondFactorNeeded(
                needed.User,
                needed.Stamp,
                needed.Methods
            ),
            notVerified => new SignInResult.EmailNotVerified(notVerified.MayBeTold),
            expired => null
        );
    }
}
