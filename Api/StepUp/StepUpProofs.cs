using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.SecondFactors;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.StepUp;

/// <summary>
/// Has the user's grain verify a password, and a code with it, unless attempts have to wait. Password and code are
/// throttled separately.
/// </summary>
internal sealed class StepUpProofs(IGrainFactory grains, SignInThrottle throttle)
{
    /// <summary>Tries what was given.</summary>
    public async Task<ThrottledResult<StepUpResult>> Try(
        CurrentSession current,
        StepUpRequest request,
        HttpContext context
    )
    {
        if (await grains.User(current.User).Profile() is not { } user)
            return Answered(new StepUpResult.SignedOut());

        SecondFactorCode? code = TypedCode.Of(request.Code, request.RecoveryCode);
        Password? password = request.Password is { } typed ? new(typed) : null;
        Task<StepUpResult> Attempt() =>
            grains.User(current.User).StepUp(current.Asking(context), password, code);
        if (password is null)
            return Answered(await Attempt());
        if (code is null || !user.HasTotp)
            return await throttle.Password(
                context,
                current.User,
                _ => Attempt(),
                Guesses.OfPassword
            );

        // While the code has to wait, the password is not looked at: for its own count, that is all that happened.
        ThrottledResult<ThrottledResult<StepUpResult>> both = await throttle.Password(
            context,
            current.User,
            _ => throttle.Code(context, current.User, code.Method, Attempt, Guesses.OfCode),
            inner =>
                inner.Match(Guesses.OfPassword, wait => Guess.NotLookedAt, () => Guess.Overloaded)
        );
        return both.Match(
            inner => inner,
            wait => new ThrottledResult<StepUpResult>.HeldOff(wait),
            () => new ThrottledResult<StepUpResult>.Overloaded()
        );
    }

    private static ThrottledResult<StepUpResult> Answered(StepUpResult result) =>
        new ThrottledResult<StepUpResult>.Answered(result);
}
