using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Email;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/reset</c></summary>
internal static class PasswordResetEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/reset", Reset)
            .WithSummary(
                "Sets a new password with a mailed token; ends all sessions, signs nobody in."
            );

    private static async Task<Results<NoContent, ApiProblem>> Reset(
        PasswordResetRequest request,
        HttpContext context,
        SignInThrottle throttle,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.IsAbout(user);
        ResetPasswordResult result = await grains
            .UserPassword(user)
            .ResetPassword(token.Value, new(request.Password), context.Operation());
        return await result.Match<Task<Results<NoContent, ApiProblem>>>(
            async reset =>
            {
                await throttle.PasswordReset(user);
                if (reset.Mark is not null)
                    browser.Know(context, user, reset.Mark);
                log.PasswordReset(user, context.ClientAddress());
                return TypedResults.NoContent();
            },
            async linkRefused => AccountProblems.LinkRefused,
            async refused => AccountAnswers.PasswordRefused(refused.Reason, refused.Limit),
            async busy => ApiProblems.Busy
        );
    }
}

/// <summary>What resetting a password takes.</summary>
/// <param name="Token">The link's token.</param>
/// <param name="Password">The new password.</param>
internal sealed record PasswordResetRequest(string Token, [property: NewPassword] string Password);
