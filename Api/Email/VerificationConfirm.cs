using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/verification/confirm</c></summary>
internal static class VerificationConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/verification/confirm", Confirm)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary("Verify an email address")
            .WithDescription(
                "Verifies the email address with a mailed token. Without a session of the account or its password, the account has to be started over."
            );

    private static async Task<
        Results<Ok<NextStep>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Confirm(
        VerificationRequest request,
        CurrentSession? current,
        HttpContext context,
        EmailUseCase emails,
        BrowserSession browser,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.SetSubject(user);
        CallerContext? caller = current?.User == user ? current.Caller(context) : null;
        Password? password = request.Password is { } typed ? new(typed) : null;
        ThrottledResult<ConfirmVerificationResult> tried = await emails.ConfirmVerification(
            user,
            token.Value,
            caller,
            password,
            request.StartOver,
            context.Operation(),
            await browser.Client(context)
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<Ok<NextStep>, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    verified =>
                    {
                        if (!verified.Already)
                            log.EmailVerified(
                                user,
                                verified.StartedOver,
                                context.ClientIpAddress()
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
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>A verification of an email address.</summary>
/// <param name="Token">The token from the mailed link.</param>
/// <param name="Password">The account's password, if there is no session of the account.</param>
/// <param name="StartOver">
/// Whether to start the account over without session and password: its password is removed and its sessions are
/// revoked.
/// </param>
internal sealed record VerificationRequest(
    string Token,
    string? Password = null,
    bool StartOver = false
);
