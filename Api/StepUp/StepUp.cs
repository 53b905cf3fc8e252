using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

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
        PasskeyProofs passkeys,
        BrowserSession browser,
        SecurityLog log
    )
    {
        if (request is { Challenge: { } challenge, Credential: { } credential })
        {
            PasskeyProof<StepUpWithPasskeyResult> signed = await passkeys.StepUp(
                current,
                challenge,
                credential,
                context
            );
            return signed.Match(
                result =>
                    result.Match<
                        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                    >(
                        proved => Renewed(proved.Grant),
                        refused => AccountProblems.PasskeyRefused,
                        signedOut => ApiProblems.NotSignedIn
                    ),
                () => AccountProblems.PasskeyRefused,
                () => AccountProblems.PasskeyChanged
            );
        }

        ThrottledResult<StepUpResult> tried = await proofs.Try(current, request, context);
        return tried.Match(
            result =>
                result.Match<
                    Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    proved => Renewed(proved.Grant),
                    wrongPassword => ApiProblems.SignInRefused,
                    wrongCode => AccountProblems.CodeRefused,
                    notEnough =>
                        ApiProblems.InvalidField(
                            request.Password is null ? "password" : "code",
                            "Needed as a proof that it is you."
                        ),
                    busy => ApiProblems.Busy,
                    signedOut => ApiProblems.NotSignedIn
                ),
            wait => ApiProblems.TooManyTries(wait),
            () => ApiProblems.Busy
        );

        NoContent Renewed(SessionGrant grant)
        {
            browser.Renew(context, grant);
            log.SteppedUp(current.Id.Fingerprint, current.User, context.ClientAddress());
            return TypedResults.NoContent();
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
