using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Email;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/reset</c></summary>
internal static class PasswordResetEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/reset", Reset)
            .WithSummary("Reset the password")
            .WithDescription(
                "Sets a new password with a mailed token. Revokes all sessions and does not sign in."
            );

    private static async Task<Results<NoContent, ApiProblem>> Reset(
        PasswordResetRequest request,
        HttpContext context,
        PasswordUseCase passwords,
        BrowserSession browser,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.SetSubject(user);
        ResetPasswordResult result = await passwords.Reset(
            user,
            token.Value,
            new(request.Password),
            context.Operation()
        );
        return result.Match<Results<NoContent, ApiProblem>>(
            reset =>
            {
                if (reset.Mark is not null)
                    browser.MarkAsKnown(context, user, reset.Mark);
                log.PasswordReset(user, context.ClientIpAddress());
                return TypedResults.NoContent();
            },
            linkRefused => AccountProblems.LinkRefused,
            refused => AccountResultProblems.PasswordRefused(refused.Reason, refused.Limit),
            busy => ApiProblems.Busy
        );
    }
}

/// <summary>A password reset.</summary>
/// <param name="Token">The token from the mailed link.</param>
/// <param name="Password">The new password.</param>
internal sealed record PasswordResetRequest(string Token, [property: NewPassword] string Password);
