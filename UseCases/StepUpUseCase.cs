using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Step-up authentication of a live session. Password and code are throttled separately.</summary>
public sealed class StepUpUseCase(IGrainFactory grains, AttemptThrottle throttle)
{
    /// <summary>Verifies a password, and a code with it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="password">The password as typed; null when none was given.</param>
    /// <param name="code">The code; null when none was given.</param>
    /// <param name="client">The client, which is throttled.</param>
    public async Task<ThrottledResult<StepUpResult>> StepUp(
        UserId user,
        CallerContext caller,
        Password? password,
        SecondFactorCode? code,
        Client client
    )
    {
        Task<StepUpResult> Attempt() => grains.User(user).StepUp(caller, password, code);
        if (password is null)
            return Answered(await Attempt());
        if (code is null || !await HasSecondStep(user))
            return await throttle.Password(
                client,
                user,
                _ => Attempt(),
                SecretVerifications.OfPassword
            );

        // While the code is throttled, the password is not verified, and so does not count as an attempt either.
        ThrottledResult<ThrottledResult<StepUpResult>> both = await throttle.Password(
            client,
            user,
            _ => throttle.Code(client, user, code.Method, Attempt, SecretVerifications.OfCode),
            inner =>
                inner.Match(
                    answered => SecretVerifications.OfPassword(answered.Result),
                    throttled => SecretVerification.NotVerified,
                    overloaded => SecretVerification.Overloaded
                )
        );
        return both.Match(
            answered => answered.Result,
            throttled => new ThrottledResult<StepUpResult>.Throttled(throttled.Wait),
            overloaded => new ThrottledResult<StepUpResult>.Overloaded()
        );
    }

    /// <summary>Turns a second factor on, with its first code.</summary>
    /// <param name="user">The user.</param>
    /// <param name="method">The second factor.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="code">The code.</param>
    /// <param name="client">The client, which is throttled.</param>
    public Task<ThrottledResult<ConfirmOtpResult>> ConfirmOtp(
        UserId user,
        AuthenticationMethod method,
        CallerContext caller,
        Secret code,
        Client client
    ) =>
        throttle.Code(
            client,
            user,
            method,
            () => grains.UserFactors(user).ConfirmOtp(method, caller, code),
            SecretVerifications.OfCode
        );

    private async Task<bool> HasSecondStep(UserId user) =>
        await grains.User(user).Profile() is { } profile
        && profile.Factors.Any(SecondFactorSet.IsAskedAfterPassword);

    private static ThrottledResult<StepUpResult> Answered(StepUpResult result) =>
        new ThrottledResult<StepUpResult>.Answered(result);
}
