using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Throttling;

/// <summary>What an answer says of the secret that was tried. One that is not named here is an error, and no success.</summary>
internal static class TryOutcomes
{
    /// <summary>Of a password.</summary>
    public static TryOutcome OfPassword(UserAnswer answer) =>
        answer switch
        {
            Refused { Of: AuthenticationMethod.Password } => TryOutcome.Failed,
            // The password was right, and the code that came with it was not.
            Refused => TryOutcome.Succeeded,
            Admitted or SecondFactorNeeded or AddressNotVerified or AddressVerified or Done =>
                TryOutcome.Succeeded,
            Busy
            or StepUpRequired
            or LinkRefused
            or StartOverNeeded
            or PasswordRefused
            or SignInExpired
            or SignedOut
            or NotThere => TryOutcome.NotLookedAt,
            _ => throw Unknown(answer),
        };

    /// <summary>Of a code.</summary>
    public static TryOutcome OfCode(UserAnswer answer) =>
        answer switch
        {
            Refused { Of: AuthenticationMethod.Password } => TryOutcome.NotLookedAt,
            Refused => TryOutcome.Failed,
            Admitted or RecoveryCodesMade or Done => TryOutcome.Succeeded,
            Busy
            or StepUpRequired
            or SignInExpired
            or AddressNotVerified
            or AlreadySo
            or NotAllowed
            or SignedOut
            or NotThere => TryOutcome.NotLookedAt,
            _ => throw Unknown(answer),
        };

    private static InvalidOperationException Unknown(UserAnswer answer) =>
        new($"Nobody has said what {answer.GetType().Name} means for a try.");
}
