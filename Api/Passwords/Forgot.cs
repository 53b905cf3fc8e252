using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Email;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.UseCases;

namespace SessionAuth.Api.Passwords;

/// <summary><c>POST /password/forgot</c></summary>
internal static class PasswordForgotEndpoint
{
    // The minimum response time, longer than any code path takes: the response time must not reveal whether there is an
    // account (user enumeration, ASVS 6.3.8).
    private static readonly TimeSpan s_answeredAfter = TimeSpan.FromMilliseconds(100);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/forgot", Forgot)
            .WithSummary("Request a password reset")
            .WithDescription(
                "Sends a password reset link if there is an account. The response does not reveal whether there is one."
            );

    // Unknown emails and invalid text take the same path (user enumeration).
    private static async Task<Results<Accepted, TooManyRequestsProblem>> Forgot(
        EmailPayload request,
        HttpContext context,
        PasswordUseCase passwords,
        TimeProvider clock,
        SecurityLog log
    )
    {
        EmailKey email = EmailInput.KeyOf(request.Email);
        context.SetSubject(email);
        Task notBefore = Task.Delay(s_answeredAfter, clock, context.RequestAborted);
        if (await passwords.Forgot(email, context.ClientNetwork()) is { } wait)
            return AccountProblems.TooManyMails(wait);

        log.PasswordForgotten(email.Fingerprint, context.ClientIpAddress());
        await notBefore;
        return TypedResults.Accepted((string?)null);
    }
}
