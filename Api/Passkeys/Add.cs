using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /passkeys</c></summary>
internal static class PasskeyAddEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys", Add)
            .RequireAuthorization()
            .OpenToRestricted()
            .NeedsReachablePasskeys()
            .WithSummary("Add a passkey")
            .WithDescription(
                "Adds a passkey and revokes all other sessions. Requires recent authentication."
            );

    private static async Task<Results<Created<ListedPasskey>, ConflictProblem, ApiProblem>> Add(
        AddPasskeyRequest request,
        CurrentSession current,
        HttpContext context,
        PasskeyRegistration registration,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!PasskeyName.TryParse(request.Name, out string? name))
            return ApiProblems.InvalidField("name", "Give it a name of 1 to 64 characters.");

        if (
            await registration.Verify(current, request.Challenge, name, request.Credential, context)
            is not var (passkey, challenge)
        )
            return PasskeyProblems.PasskeyNotAccepted;

        AddPasskeyResult result = await grains
            .UserPasskeys(current.User)
            .AddPasskey(current.Caller(context), passkey, challenge);
        return result.Match<Results<Created<ListedPasskey>, ConflictProblem, ApiProblem>>(
            added =>
            {
                browser.Renew(context, added.Tokens);
                log.FactorChanged("passkey-added", current.User, context.ClientIpAddress());
                return TypedResults.Created($"/passkeys/{passkey.Id}", ListedPasskey.Of(passkey));
            },
            alreadyKnown => PasskeyProblems.PasskeyNotAccepted,
            emailNotVerified => AccountProblems.EmailNotVerified,
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            limitReached => PasskeyProblems.TooManyPasskeys,
            notAllowed => AccountProblems.FactorsOff,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}

/// <summary>A new passkey.</summary>
/// <param name="Challenge">The challenge from <c>POST /passkeys/options</c>.</param>
/// <param name="Name">A name for the passkey, 1 to 64 characters.</param>
/// <param name="Credential">The credential, as serialized by <c>PublicKeyCredential.toJSON</c>.</param>
internal sealed record AddPasskeyRequest(string Challenge, string Name, JsonElement Credential);
