using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>Signing in with a passkey.</summary>
internal static class PasskeyLoginEndpoints
{
    public static void MapPasskeyLogin(this IEndpointRouteBuilder api)
    {
        api.MapPost("/login/passkey/options", Ask)
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("What to ask an authenticator, to sign in or to prove anew who is there.")
            .ProducesProblems(403, 409, 503);
        api.MapPost("/login/passkey", Login)
            .AddEndpointFilter<PasskeyRules>()
            .WithSummary("Starts a session with a passkey, and ends the one that this browser had.")
            .ProducesProblems(401, 403, 408, 409, 503);
    }

    private static async Task<Ok<PasskeyChallenge>> Ask(
        HttpContext context,
        PasskeyProofs proofs
    ) => TypedResults.Ok(await proofs.Ask(context));

    private static async Task<Results<Ok<Account>, ApiProblem>> Login(
        PasskeyLoginRequest request,
        HttpContext context,
        PasskeyProofs proofs,
        SessionCookies cookies,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        PasskeyProof? proof = await proofs.Verify(request.Challenge, request.Credential, context);
        if (proof is null)
        {
            log.PasskeyRefused(context.ClientAddress());
            return PasskeyProblems.PasskeyRefused;
        }

        UserAnswer entry = await grains
            .UserPasskeys(proof.User)
            .SignInWithPasskey(
                proof.Use,
                new Entrance(
                    context.Device(),
                    request.Remember,
                    await cookies.Sessions(context.Request)
                )
            );
        if (entry is not Admitted { Grant: var grant, Email: var email })
            return PasskeyProblems.NotSignedIn(entry);

        cookies.Set(context.Response, grant);
        log.SignedIn(grant.User, grant.Session.Fingerprint, context.ClientAddress());
        return TypedResults.Ok(new Account(grant.User.Value, email));
    }
}
