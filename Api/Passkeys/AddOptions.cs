using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /passkeys/options</c></summary>
internal static class PasskeyAddOptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/options", Ask)
            .RequireAuthorization()
            .OpenToRestricted()
            .NeedsReachablePasskeys()
            .WithSummary("Create passkey registration options")
            .WithDescription(
                "Returns the WebAuthn options to create a passkey. Requires recent authentication."
            );

    private static async Task<Results<Ok<PasskeyChallenge>, ConflictProblem, ApiProblem>> Ask(
        CurrentSession current,
        HttpContext context,
        PasskeyRegistration registration,
        IGrainFactory grains
    )
    {
        MayAddPasskeyResult may = await grains
            .UserPasskeys(current.User)
            .MayAddPasskey(current.Caller(context));
        ApiProblem? refusal = may.Match<ApiProblem?>(
            allowed => null,
            emailNotVerified => AccountProblems.EmailNotVerified,
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            limitReached => PasskeyProblems.TooManyPasskeys,
            notAllowed => AccountProblems.FactorsOff,
            signedOut => ApiProblems.NotSignedIn
        );
        if (refusal is not null)
            return refusal;

        return await grains.User(current.User).Profile() is { Email: var email }
            ? TypedResults.Ok(await registration.Ask(current, email, context))
            : ApiProblems.NotSignedIn;
    }
}
