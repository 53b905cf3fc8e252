using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/verification/confirm</c></summary>
internal static class VerificationConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/verification/confirm", Confirm)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary(
                "Verifies the address with a mailed token; without a session or the password, the account has to be started over."
            );

    private static async Task<
        Results<Ok<NextStep>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Confirm(
        VerificationRequest request,
        CurrentSession? current,
        HttpContext context,
        SignInThrottle throttle,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.IsAbout(user);
        Asking? asking = current?.User == user ? current.Asking(context) : null;
        Password? password = request.Password is { } typed ? new(typed) : null;
        Task<ConfirmVerificationResult> Attempt() =>
            grains
                .UserAddress(user)
                .ConfirmVerification(
                    token.Value,
                    asking,
                    password,
                    request.StartOver,
                    context.Operation()
                );
        ThrottledResult<ConfirmVerificationResult> tried =
            password is not null
            && asking is null
            // No password is looked at for an address that is verified already.
            && await grains.User(user).Profile() is { EmailVerified: false }
                ? await throttle.Password(context, user, _ => Attempt(), Guesses.OfPassword)
                : new ThrottledResult<ConfirmVerificationResult>.Answered(await Attempt());
        return tried.Match(
            result =>
                result.Match<
                    Results<Ok<NextStep>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    verified =>
                    {
                        if (!verified.Already)
                            log.AddressVerified(
                                user,
                                verified.StartedOver,
                                context.ClientAddress()
                            );
                        return TypedResults.Ok(
                            verified.StartedOver ? NextStep.ResetPassword : NextStep.None
                        );
                    },
                    linkRefused => AccountProblems.LinkRefused,
                    startOverNeeded => AccountProblems.StartOverNeeded,
                    wrongPassword => ApiProblems.SignInRefused,
                    busy => ApiProblems.Busy
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );
    }
}

/// <summary>What a mailed link's page posts to verify an address.</summary>
/// <param name="Token">The link's token.</param>
/// <param name="Password">The account's password, from somebody who is not signed in.</param>
/// <param name="StartOver">
/// Whether, without either, the account is to be started over: its password is removed, and its sessions end.
/// </param>
internal sealed record VerificationRequest(
    string Token,
    string? Password = null,
    bool StartOver = false
);
