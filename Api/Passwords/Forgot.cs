using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Email;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/forgot</c></summary>
internal static class PasswordForgotEndpoint
{
    // Longer than any path to the answer takes: the time of an answer must not tell which path it was (ASVS 6.3.8).
    private static readonly TimeSpan s_answeredAfter = TimeSpan.FromMilliseconds(100);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/forgot", Forgot)
            .WithSummary(
                "Mails a link by which the password can be reset. Always the same answer."
            );

    // An address that nobody owns, and a text that is no address, take the same path.
    private static async Task<Results<Accepted, TooManyRequestsProblem>> Forgot(
        AddressMessage request,
        HttpContext context,
        SignInThrottle throttle,
        IGrainFactory grains,
        TimeProvider clock,
        SecurityLog log
    )
    {
        EmailKey address = TypedEmail.KeyOf(request.Email);
        context.IsAbout(address);
        if (await throttle.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        Task notBefore = Task.Delay(s_answeredAfter, clock, context.RequestAborted);

        UserId owner = await grains.Email(address).Owner() ?? UserId.OfNobody(address);
        await grains.UserPassword(owner).ForgotPassword();
        log.PasswordForgotten(address.Fingerprint, context.ClientAddress());
        await notBefore;
        return TypedResults.Accepted((string?)null);
    }
}
