using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/change</c></summary>
internal static class PasswordChangeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/change", Change)
            .RequireAuthorization()
            .WithSummary("Change the password")
            .WithDescription(
                "Revokes all other sessions and issues new tokens for the current one. Requires recent authentication."
            );

    private static async Task<
        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Change(
        PasswordChangeRequest request,
        CurrentSession current,
        HttpContext context,
        PasswordUseCase passwords,
        BrowserSession browser,
        SecurityLog log
    )
    {
        ThrottledResult<ChangePasswordResult> tried = await passwords.Change(
            current.User,
            current.Caller(context),
            new(request.CurrentPassword),
            new(request.NewPassword),
            await browser.Client(context)
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    changed =>
                    {
                        browser.Renew(context, changed.Tokens);
                        log.PasswordChanged(current.User, context.ClientIpAddress());
                        return TypedResults.NoContent();
                    },
                    stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
                    wrongPassword => ApiProblems.SignInRefused,
                    refused =>
                        AccountResultProblems.PasswordRefused(
                            refused.Reason,
                            refused.Limit,
                            "newPassword"
                        ),
                    busy => ApiProblems.Busy,
                    signedOut => ApiProblems.NotSignedIn
                ),
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>A password change.</summary>
/// <param name="CurrentPassword">The current password.</param>
/// <param name="NewPassword">The new password.</param>
internal sealed record PasswordChangeRequest(
    string CurrentPassword,
    [property: NewPassword] string NewPassword
);
