using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>Listing, adding and removing one's passkeys.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/passkeys", List)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Your passkeys.")
            .ProducesProblems(401, 503);
        api.MapPost("/passkeys/options", Ask)
            .RequireAuthorization()
            .OpenToRestricted()
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("What to ask an authenticator, to add a passkey. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 409, 503);
        api.MapPost("/passkeys", Add)
            .RequireAuthorization()
            .OpenToRestricted()
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("Adds a passkey; ends all other sessions. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 408, 409, 503);
        api.MapDelete("/passkeys/{id}", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Removes a passkey; ends all other sessions. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 404, 409, 503);
    }

    private static async Task<Ok<PasskeyList>> List(CurrentSession current, IGrainFactory grains)
    {
        PasskeyRing ring = await grains.UserPasskeys(current.User).ListPasskeys();
        return TypedResults.Ok(new PasskeyList([.. ring.Passkeys.Select(ListedPasskey.Of)]));
    }

    private static async Task<Results<Ok<PasskeyChallenge>, ApiProblem>> Ask(
        CurrentSession current,
        HttpContext context,
        NewPasskeys making,
        IGrainFactory grains
    )
    {
        UserAnswer may = await grains
            .UserPasskeys(current.User)
            .MayAddPasskey(current.Asking(context));
        if (may is not Done)
            return PasskeyProblems.NotAdded(may);

        return await grains.User(current.User).Profile() is { Email: var email }
            ? TypedResults.Ok(await making.Ask(current, email, context))
            : ApiProblems.NotSignedIn;
    }

    private static async Task<Results<Created<ListedPasskey>, ApiProblem>> Add(
        AddPasskeyRequest request,
        CurrentSession current,
        HttpContext context,
        NewPasskeys making,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!PasskeyName.TryParse(request.Name, out string? name))
            return ApiProblems.InvalidField("name", "Give it a name of 1 to 64 characters.");

        if (
            await making.Verify(current, request.Challenge, name, request.Credential, context)
            is not var (passkey, challenge)
        )
            return PasskeyProblems.PasskeyNotAccepted;

        UserAnswer answer = await grains
            .UserPasskeys(current.User)
            .AddPasskey(current.Asking(context), passkey, challenge);
        if (answer is not Done { Grant: var grant })
            return PasskeyProblems.NotAdded(answer);

        browser.Renew(context, grant);
        log.FactorChanged("passkey-added", current.User, context.ClientAddress());
        return TypedResults.Created($"/passkeys/{passkey.Id}", ListedPasskey.Of(passkey));
    }

    private static async Task<Results<NoContent, ApiProblem>> Remove(
        string id,
        CurrentSession current,
        HttpContext context,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        UserAnswer answer = await grains
            .UserPasskeys(current.User)
            .RemovePasskey(current.Asking(context), id);
        if (answer is not Done { Grant: var grant })
            return PasskeyProblems.NotRemoved(answer);

        browser.Renew(context, grant);
        log.FactorChanged("passkey-removed", current.User, context.ClientAddress());
        return TypedResults.NoContent();
    }
}
