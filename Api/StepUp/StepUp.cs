using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Passkeys;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.StepUp;

/// <summary><c>POST /step-up</c></summary>
internal static class StepUpEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/step-up", StepUp)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Step up the session")
            .WithDescription(
                "Authenticates the user again, before sensitive changes, and issues new tokens (RFC 9470)."
            );

    private static async Task<
        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
    > StepUp(
        StepUpRequest request,
        CurrentSession current,
        HttpContext context,
        StepUpUseCase stepUps,
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
                answered =>
                    answered.Result.Match<
                        Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                    >(
                        proved => Renewed(proved.Tokens),
                        refused => AccountProblems.PasskeyRefused,
                        signedOut => ApiProblems.NotSignedIn
                    ),
                refused => AccountProblems.PasskeyRefused,
                backupEligibilityChanged => AccountProblems.PasskeyChanged
            );
        }

        ThrottledResult<StepUpResult> tried = await stepUps.StepUp(
            current.User,
            current.Caller(context),
            request.Password is { } typed ? new(typed) : null,
            SecondFactorCode.Of(request.Code, request.RecoveryCode),
            await browser.Client(context)
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<NoContent, UnauthorizedProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    proved => Renewed(proved.Tokens),
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
            throttled => ApiProblems.TooManyTries(throttled.Wait),
            overloaded => ApiProblems.Busy
        );

        NoContent Renewed(SessionTokens tokens)
        {
            browser.Renew(context, tokens);
            log.SteppedUp(current.Id.Fingerprint, current.User, context.ClientIpAddress());
            return TypedResults.NoContent();
        }
    }
}

/// <summary>
/// A step-up authentication: the password, with a code if the account has an authenticator app; or a passkey.
/// </summary>
/// <param name="Password">The password.</param>
/// <param name="Code">A six-digit code from the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="Challenge">The challenge that the passkey has signed, from <c>POST /login/passkey/options</c>.</param>
/// <param name="Credential">The credential, as serialized by <c>PublicKeyCredential.toJSON</c>.</param>
internal sealed record StepUpRequest(
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null,
    string? Challenge = null,
    JsonElement? Credential = null
);
