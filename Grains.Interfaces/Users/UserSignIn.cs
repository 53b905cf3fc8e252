namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>Signing in by password.</summary>
public static class UserSignIn
{
    private const int MostRounds = 3;

    /// <summary>
    /// Verifies the password, and starts a session. A grain cannot do both in one call that lets others in between: when it
    /// leaves its silo, it waits for that call, and the call for its turn.
    /// </summary>
    /// <param name="user">The user's grain.</param>
    /// <param name="signIn">Who wants a session.</param>
    /// <returns>
    /// <see cref="Admitted"/>, <see cref="SecondFactorNeeded"/>, <see cref="AddressNotVerified"/>,
    /// <see cref="Refused"/> or <see cref="Busy"/>.
    /// </returns>
    public static async Task<UserAnswer> SignIn(this IUserGrain user, SignIn signIn)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            UserAnswer verified = await user.VerifyPassword(signIn);
            if (verified is not PasswordMatched { Stamp: var stamp })
                return verified;

            UserAnswer entered = await user.Enter(signIn, stamp);
            if (entered is not SignInExpired)
                return entered;
        }

        return new Busy();
    }
}
