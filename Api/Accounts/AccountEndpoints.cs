using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Registering, signing in and out, and who is signed in.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/register", Register)
            .WithSummary("Makes a user and signs in.")
            .ProducesProblems(403, 408, 409, 503);
        api.MapPost("/login", Login)
            .WithSummary("Starts a session on this device and ends the one that this browser had.")
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/logout", Logout)
            .WithSummary("Revokes this session and clears its cookies.")
            .ProducesProblems(403, 503);
        api.MapGet("/me", Me)
            .RequireAuthorization()
            .WithSummary("The user and this session.")
            .ProducesProblems(401, 503);
    }

    private static async Task<Results<Created<Account>, ApiProblem>> Register(
        RegisterRequest request,
        HttpContext context,
        Registering registering,
        SessionCookies cookies,
        SecurityLog log
    )
    {
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? address))
            return InvalidAddress;

        UserAnswer entry = await registering.Register(
            address,
            new Password(request.Password),
            context.Device(),
            await cookies.Sessions(context.Request)
        );
        if (entry is not Admitted { Grant: var grant, Email: var email })
            return Problem(entry);

        cookies.Set(context.Response, grant);
        log.Registered(grant.User, grant.Session.Fingerprint, context.ClientAddress());
        return TypedResults.Created("/me", new Account(grant.User.Value, email));
    }

    private static async Task<Results<Ok<Account>, ApiProblem>> Login(
        LoginRequest request,
        HttpContext context,
        SigningIn signingIn,
        SessionCookies cookies,
        SecurityLog log
    )
    {
        // What is no address is nobody's: refused like an unknown one, after as long.
        EmailKey address = EmailKey.Of(
            EmailAddress.TryParse(request.Email, out EmailAddress? canonical)
                ? canonical.Value
                : request.Email
        );
        SignIn signIn = new(
            new Password(request.Password),
            new Entrance(
                context.Device(),
                request.Remember,
                await cookies.Sessions(context.Request)
            )
        );

        (UserAnswer? entry, TimeSpan wait) = await signingIn.SignIn(
            address,
            context.ClientIp(),
            signIn
        );
        switch (entry)
        {
            case Admitted { Grant: var grant, Email: var email }:
                cookies.Set(context.Response, grant);
                log.SignedIn(grant.User, grant.Session.Fingerprint, context.ClientAddress());
                return TypedResults.Ok(new Account(grant.User.Value, email));
            case null:
                log.SignInThrottled(address.Fingerprint, context.ClientAddress());
                return ApiProblems.TooManyTries(wait);
            default:
                if (entry is Refused)
                    log.SignInFailed(address.Fingerprint, context.ClientAddress());
                return Problem(entry);
        }
    }

    private static async Task<NoContent> Logout(
        HttpContext context,
        SessionCookies cookies,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        foreach (SessionId session in await cookies.Sessions(context.Request))
        {
            if (await grains.Session(session).Revoke(SessionEndReason.SignedOut, owner: null))
                log.SignedOut(session.Fingerprint, context.ClientAddress());
        }

        cookies.Clear(context.Response);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Me>, ApiProblem>> Me(
        CurrentSession current,
        IGrainFactory grains
    )
    {
        UserProfile? user = await grains.User(current.User).Profile();
        SessionSnapshot? session = await grains.Session(current.Id).Describe();
        return user is not null && session is not null
            ? TypedResults.Ok(
                new Me(current.User.Value, user.Email, LiveSession.Of(session, current))
            )
            : ApiProblems.NotSignedIn;
    }

    private static ApiProblem InvalidAddress =>
        ApiProblems.InvalidField("email", "This is not an e-mail address.");

    private static ApiProblem Problem(UserAnswer entry) =>
        entry switch
        {
            PasswordRefused refused => ApiProblems.InvalidField(
                "password",
                PasswordRefusals.Sentence(refused)
            ),
            AddressTaken => ApiProblems.AddressTaken,
            Refused => ApiProblems.SignInRefused,
            _ => ApiProblems.Busy,
        };
}
