using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Accounts;

/// <summary><c>POST /register</c></summary>
internal static class RegisterEndpoint
{
    // Longer than a registration takes that does not wait for anything. Where nobody may learn which addresses are taken,
    // one that is free needs one more write, and the time that each takes must not tell them apart (ASVS 6.3.8).
    private static readonly TimeSpan s_untoldAnsweredAfter = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/register", Register).WithSummary("Makes a user and signs in.");

    private static async Task<
        Results<
            Created<Account>,
            Accepted<NextStep>,
            ConflictProblem,
            TooManyRequestsProblem,
            ApiProblem
        >
    > Register(
        RegisterRequest request,
        HttpContext context,
        RegistrationService registrations,
        SignInThrottle throttle,
        BrowserSession browser,
        TimeProvider clock,
        SecurityLog log
    )
    {
        Task notBefore = Task.Delay(s_untoldAnsweredAfter, clock, context.RequestAborted);
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? address))
            return TypedEmail.Invalid(request.Email);
        if (await throttle.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        EmailKey key = EmailKey.Of(address.Value);
        context.IsAbout(key);
        RegisterResult result = await registrations.Register(
            address,
            new Password(request.Password),
            context,
            await browser.Sessions(context)
        );
        return await result.Match<
            Task<
                Results<
                    Created<Account>,
                    Accepted<NextStep>,
                    ConflictProblem,
                    TooManyRequestsProblem,
                    ApiProblem
                >
            >
        >(
            async signedIn =>
            {
                SessionGrant grant = signedIn.Grant;
                browser.SignIn(context, grant);
                log.Registered(grant.User, grant.Session.Fingerprint, context.ClientAddress());
                return TypedResults.Created("/me", Account.Of(signedIn.Email, grant));
            },
            async verificationAwaited =>
            {
                log.RegisteredUnverified(key.Fingerprint, context.ClientAddress());
                await notBefore;
                return TypedResults.Accepted((string?)null, NextStep.VerifyAddress);
            },
            async closed => AccountProblems.RegistrationClosed,
            async idTaken => ApiProblems.SignInRefused,
            async refused => AccountAnswers.PasswordRefused(refused.Reason, refused.Limit),
            async taken =>
            {
                if (taken.MayBeTold)
                    return ApiProblems.AddressTaken;

                // The same answer as for an address that was free.
                log.Refused(context, ApiProblems.AddressTaken.Code);
                await notBefore;
                return TypedResults.Accepted((string?)null, NextStep.VerifyAddress);
            },
            async expired => AccountProblems.LoginExpired,
            async busy => ApiProblems.Busy
        );
    }
}

/// <summary>What registering takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The new password.</param>
internal sealed record RegisterRequest(string Email, [property: NewPassword] string Password);

/// <summary>An account.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The address.</param>
/// <param name="Next">What has to be done first: second-factor-setup.</param>
internal sealed record Account(
    string UserId,
    string Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null
)
{
    /// <summary>The session exists, and opens nothing before its user has a second factor.</summary>
    public const string SecondFactorSetup = "second-factor-setup";

    public static Account Of(string email, SessionGrant grant) =>
        new(grant.User.Value, email, grant.Restricted ? SecondFactorSetup : null);
}
