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
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

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
        UserAnswer answer = await grains
            .UserPassword(user)
            .ResetPassword(token.Value, new(request.Password), context.Operation());
        if (answer is not Done { Mark: var mark })
            return answer.Problem();

        await throttle.PasswordReset(user);
        if (mark is not null)
            browser.Know(context, user, mark);
        log.PasswordReset(user, context.ClientAddress());
        return TypedResults.NoContent();
    }
}

/// <summary>What resetting a password takes.</summary>
/// <param name="Token">The link's token.</param>
/// <param name="Password">The new password.</param>
internal sealed record PasswordResetRequest(string Token, [property: NewPassword] string Password);
