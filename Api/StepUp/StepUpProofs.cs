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
/// Has the user's grain verify a proof, unless attempts have to wait. Password and code are throttled separately; the
/// signature of a passkey cannot be guessed.
/// </summary>
internal sealed class StepUpProofs(
    IGrainFactory grains,
    SignInThrottle throttle,
    PasskeyProofs passkeys
)
{
    /// <returns>The answer; or null, and how long to wait before the next attempt.</returns>
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
                // For the password's own count, it was not looked at.
                return both ?? new StepUpRequired([]);
            }
        );
        return codesWait > default(TimeSpan) ? (null, codesWait) : (answer, wait);
    }
}
