using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.StepUp;

/// <summary><c>POST /step-up</c></summary>
internal static class StepUpEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/step-up", StepUp)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Proves anew who is there; the session gets new tokens.");

    private static async Task<
        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > StepUp(
        StepUpRequest request,
        CurrentSession current,
        HttpContext context,
        StepUpProofs proofs,
        BrowserSession browser,
        SecurityLog log
    )
    {
        (UserAnswer? answer, TimeSpan wait) = await proofs.Try(current, request, context);
        switch (answer)
        {
            case Done { Grant: var grant }:
                browser.Renew(context, grant);
                log.SteppedUp(current.Id.Fingerprint, current.User, context.ClientAddress());
                return TypedResults.NoContent();
            case StepUpRequired:
                return ApiProblems.InvalidField(
                    request.Password is null ? "password" : "code",
                    "Needed as a proof that it is you."
                );
            default:
                return answer.Problem(wait);
        }
    }
}

/// <summary>A proof of who is there: the password, with a code where there is an authenticator app; or a passkey.</summary>
/// <param name="Password">The password.</param>
/// <param name="Code">Six digits of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="Challenge">The challenge that the passkey has signed.</param>
/// <param name="Credential">What the browser made of it.</param>
internal sealed record StepUpRequest(
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null,
    string? Challenge = null,
    JsonElement? Credential = null
);
