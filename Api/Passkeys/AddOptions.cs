using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /passkeys/options</c></summary>
internal static class PasskeyAddOptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/options", Ask)
            .RequireAuthorization()
            .OpenToRestricted()
            .NeedsReachablePasskeys()
            .WithSummary("What to ask an authenticator, to add a passkey. Asks for a fresh proof.");

    private static async Task<Results<Ok<PasskeyChallenge>, ConflictProblem, ApiProblem>> Ask(
        CurrentSession current,
        HttpContext context,
        PasskeyRegistration registration,
        IGrainFactory grains
    )
    {
        UserAnswer may = await grains
            .UserPasskeys(current.User)
            .MayAddPasskey(current.Asking(context));
        if (may is not Done)
            return PasskeyProblems.NotAdded(may);

        return await grains.User(current.User).Profile() is { Email: var email }
            ? TypedResults.Ok(await registration.Ask(current, email, context))
            : ApiProblems.NotSignedIn;
    }
}
