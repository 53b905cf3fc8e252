using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Registering, signing in and out, and who is signed in.</summary>
internal static class AccountEndpoints
{
    // Longer than a registration takes that is not kept waiting: where nobody may learn which addresses are taken, one that
    // is free needs a write more, and how long each takes must not tell (ASVS 6.3.8).
    private static readonly TimeSpan s_untoldAnsweredAfter = TimeSpan.FromMilliseconds(250);

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/register", Register)
            .WithSummary("Makes a user and signs in.")
            .ProducesProblems(403, 408, 409, 429, 503);
        api.MapPost("/login", Login)
            .WithSummary(
                "Starts a session on this device and ends the one that this browser had, or asks for the second factor."
            )
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/logout", Logout)
            .WithSummary("Revokes this session and clears its cookies.")
            .ProducesProblems(403, 503);
        api.MapGet("/session", Session)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary("The user and this session, or nothing where nobody is signed in.")
            .ProducesProblems(409, 503);
        api.MapGet("/me", Me)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("The user and this session.")
            .ProducesProblems(401, 503);
    }

    private static async Task<Results<Created<Account>, Accepted<NextStep>, ApiProblem>> Register(
        RegisterRequest request,
        HttpContext context,
        Registering registering,
        GuessGuard guesses,
        SignedInBrowser browser,
        TimeProvider clock,
        SecurityLog log
    )
    {
        Task notBefore = Task.Delay(s_untoldAnsweredAfter, clock, context.RequestAborted);
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? address))
            return AccountProblems.InvalidAddress(request.Email);
        if (await guesses.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        EmailKey key = EmailKey.Of(address.Value);
        context.IsAbout(key);
        UserAnswer answer = await registering.Register(
            address,
            new Password(request.Password),
            context,
            await browser.Sessions(context)
        );
        switch (answer)
        {
            case Admitted { Grant: var grant, Email: var email }:
                browser.SignIn(context, grant);
                log.Registered(grant.User, grant.Session.Fingerprint, context.ClientAddress());
                return TypedResults.Created("/me", Account.Of(email, grant));
            case VerificationAwaited:
                log.RegisteredUnverified(key.Fingerprint, context.ClientAddress());
                await notBefore;
                return TypedResults.Accepted((string?)null, new NextStep("verify-address"));
            // Who asked is answered as if the address had been free.
            case AddressTaken { MayBeTold: false }:
                log.Refused(context, ApiProblems.AddressTaken.Code);
                await notBefore;
                return TypedResults.Accepted((string?)null, new NextStep("verify-address"));
            default:
                return answer.Problem();
        }
    }

    private static async Task<Results<Ok<LoginAnswer>, ApiProblem>> Login(
        LoginRequest request,
        HttpContext context,
        SigningIn signingIn,
        SignedInBrowser browser,
        LoginCookie login
    )
    {
        // What is no address is nobody's: refused like an unknown one, after as long.
        EmailKey address = EmailKey.Of(
            EmailAddress.TryParse(request.Email, out EmailAddress? canonical)
                ? canonical.Value
                : request.Email
        );
        context.IsAbout(address);
        SignIn signIn = new(
            new Password(request.Password),
            await browser.Entrance(context, request.Remember)
        );

        (UserAnswer? answer, TimeSpan wait) = await signingIn.SignIn(context, address, signIn);
        switch (answer)
        {
            case Admitted admitted:
                return browser.Admit(context, admitted);
            case SecondFactorNeeded needed:
                login.Set(context.Response, needed, request.Remember);
                return TypedResults.Ok(
                    new LoginAnswer(Next: "second-factor", Methods: needed.Methods)
                );
            default:
                return answer.Problem(wait);
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

    // What a page asks first, before it knows whether somebody is signed in: that nobody is, is no error.
    private static async Task<Results<Ok<Me>, NoContent>> Session(
        CurrentSession? current,
        IGrainFactory grains
    ) =>
        current is not null && await Describe(current, grains) is { } me
            ? TypedResults.Ok(me)
            : TypedResults.NoContent();

    private static async Task<Results<Ok<Me>, ApiProblem>> Me(
        CurrentSession current,
        IGrainFactory grains
    ) => await Describe(current, grains) is { } me ? TypedResults.Ok(me) : ApiProblems.NotSignedIn;

    private static async Task<Me?> Describe(CurrentSession current, IGrainFactory grains)
    {
        UserProfile? user = await grains.User(current.User).Profile();
        SessionSnapshot? session = await grains.Session(current.Id).Describe();
        return user is not null && session is not null
            ? Sessions.Me.Of(user, session, current)
            : null;
    }
}
