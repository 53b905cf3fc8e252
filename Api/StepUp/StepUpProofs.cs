using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.SecondFactors;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.StepUp;

/// <summary>
/// Takes a proof to the user's grain, unless guesses have to wait: password and code each have their count; a passkey's
/// signature cannot be guessed.
/// </summary>
internal sealed class StepUpProofs(
    IGrainFactory grains,
    SignInThrottle throttle,
    PasskeyProofs passkeys
)
{
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> Try(
        CurrentSession current,
        StepUpRequest request,
        HttpContext context
    )
    {
        if (request is { Challenge: { } challenge, Credential: { } credential })
            return (await passkeys.StepUp(current, challenge, credential, context), default);

        if (await grains.User(current.User).Profile() is not { } user)
            return (new SignedOut(), default);

        SecondFactorCode? code = TypedCode.Of(request.Code, request.RecoveryCode);
        Password? password = request.Password is { } typed ? new(typed) : null;
        Task<UserAnswer> Attempt() =>
            grains.User(current.User).StepUp(current.Asking(context), password, code);
        if (password is null)
            return (await Attempt(), default);

        TimeSpan codesWait = default;
        (UserAnswer? answer, TimeSpan wait) = await throttle.Password(
            context,
            current.User,
            async _ =>
            {
                if (code is null || !user.HasTotp)
                    return await Attempt();

                (UserAnswer? both, codesWait) = await throttle.Code(
                    context,
                    current.User,
                    code.Method,
                    Attempt
                );
                // The password was not looked at: that is all that its own count has to know.
                return both ?? new StepUpRequired([]);
            }
        );
        return codesWait > default(TimeSpan) ? (null, codesWait) : (answer, wait);
    }
}
