using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>POST /passkeys</c></summary>
internal static class PasskeyAddEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys", Add)
            .RequireAuthorization()
            .OpenToRestricted()
            .NeedsReachablePasskeys()
            .WithSummary("Adds a passkey; ends all other sessions. Asks for a fresh proof.");

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

        UserAnswer answer = await grains
            .UserPasskeys(current.User)
            .AddPasskey(current.Asking(context), passkey, challenge);
        if (answer is not Done { Grant: var grant })
            return PasskeyProblems.NotAdded(answer);

        browser.Renew(context, grant);
        log.FactorChanged("passkey-added", current.User, context.ClientAddress());
        return TypedResults.Created($"/passkeys/{passkey.Id}", ListedPasskey.Of(passkey));
    }
}

/// <summary>What adding a passkey takes.</summary>
/// <param name="Challenge">The challenge that was answered.</param>
/// <param name="Name">The passkey's name, 1 to 64 characters.</param>
/// <param name="Credential">The answer, as <c>PublicKeyCredential.toJSON</c> writes it.</param>
internal sealed record AddPasskeyRequest(string Challenge, string Name, JsonElement Credential);
