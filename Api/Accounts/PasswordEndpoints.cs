using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Changing, forgetting and resetting the password.</summary>
internal static class PasswordEndpoints
{
    // Longer than any of the ways to the answer takes: how long each takes tells nobody which it was (ASVS 6.3.8).
    private static readonly TimeSpan s_forgotAnsweredAfter = TimeSpan.FromMilliseconds(100);

    public static void MapPasswords(this IEndpointRouteBuilder api)
    {
        api.MapPost("/password/change", Change)
            .RequireAuthorization()
            .WithSummary(
                "Changes the password, ends all other sessions, and gives this one new tokens. Asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/password/forgot", Forgot)
            .WithSummary("Mails a link by which the password can be reset. Always the same answer.")
            .ProducesProblems(403, 408, 429, 503);
        api.MapPost("/password/reset", Reset)
            .WithSummary(
                "Sets a new password with a mailed token; ends all sessions, signs nobody in."
            )
            .ProducesProblems(403, 408, 503);
    }

    private static async Task<Results<NoContent, ApiProblem>> Change(
        PasswordChangeRequest request,
        CurrentSession current,
        HttpContext context,
        GuessGuard guesses,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        (UserAnswer? answer, TimeSpan wait) = await guesses.Password(
            context,
            current.User,
            _ =>
                grains
                    .UserPassword(current.User)
                    .ChangePassword(
                        current.Asking(context),
                        new(request.CurrentPassword),
                        new(request.NewPassword)
                    )
        );
        if (answer is not Done { Grant: var grant })
            return answer.Problem(wait, passwordField: "newPassword");

        browser.Renew(context, grant);
        log.PasswordChanged(current.User, context.ClientAddress());
        return TypedResults.NoContent();
    }

    // An address that nobody owns, or that is none, takes the same path.
    private static async Task<Results<Accepted, ApiProblem>> Forgot(
        AddressMessage request,
        HttpContext context,
        GuessGuard guesses,
        IGrainFactory grains,
        TimeProvider clock,
        SecurityLog log
    )
    {
        EmailKey address = EmailKey.Of(
            EmailAddress.TryParse(request.Email, out EmailAddress? canonical)
                ? canonical.Value
                : request.Email
        );
        context.IsAbout(address);
        if (await guesses.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        Task notBefore = Task.Delay(s_forgotAnsweredAfter, clock, context.RequestAborted);

        UserId owner = await grains.Email(address).Owner() ?? UserId.OfNobody(address);
        await grains.UserPassword(owner).ForgotPassword();
        log.PasswordForgotten(address.Fingerprint, context.ClientAddress());
        await notBefore;
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ApiProblem>> Reset(
        PasswordResetRequest request,
        HttpContext context,
        GuessGuard guesses,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.IsAbout(user);
        UserAnswer answer = await grains
            .UserPassword(user)
            .ResetPassword(token.Value, new(request.Password), context.Operation());
        if (answer is not Done { Mark: var mark })
            return answer.Problem();

        await guesses.PasswordReset(user);
        if (mark is not null)
            browser.Know(context, user, mark);
        log.PasswordReset(user, context.ClientAddress());
        return TypedResults.NoContent();
    }
}
