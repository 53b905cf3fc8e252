using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/change</c></summary>
internal static class PasswordChangeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/change", Change)
            .RequireAuthorization()
            .WithSummary(
                "Changes the password, ends all other sessions, and gives this one new tokens. Asks for a fresh proof."
            );

    private static async Task<
        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > Change(
        PasswordChangeRequest request,
        CurrentSession current,
        HttpContext context,
        SignInThrottle throttle,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        ThrottledResult<ChangePasswordResult> tried = await throttle.Password(
            context,
            current.User,
            _ =>
                grains
                    .UserPassword(current.User)
                    .ChangePassword(
                        current.Asking(context),
                        new(request.CurrentPassword),
                        new(request.NewPassword)
                    ),
            Guesses.OfPassword
        );
        return tried.Match(
            result =>
                result.Match<
                    Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    changed =>
                    {
                        browser.Renew(context, changed.Grant);
                        log.PasswordChanged(current.User, context.ClientAddress());
                        return TypedResults.NoContent();
                    },
                    stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
                    wrongPassword => ApiProblems.SignInRefused,
                    refused =>
                        AccountAnswers.PasswordRefused(
                            refused.Reason,
                            refused.Limit,
                            "newPassword"
                        ),
                    busy => ApiProblems.Busy,
                    signedOut => ApiProblems.NotSignedIn
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );
    }
}

/// <summary>What changing a password takes.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">The new password.</param>
internal sealed record PasswordChangeRequest(
    string CurrentPassword,
    [property: NewPassword] string NewPassword
);
