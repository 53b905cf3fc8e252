using System.Text.Json.Serialization;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;
using RegisterAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<SessionAuth.Api.Accounts.Account>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<SessionAuth.Api.Accounts.NextStep>,
    SessionAuth.Api.Http.Problems.ConflictProblem,
    SessionAuth.Api.Http.Problems.TooManyRequestsProblem,
    SessionAuth.Api.Http.Problems.ApiProblem
>;

namespace SessionAuth.Api.Accounts;

/// <summary><c>POST /register</c></summary>
internal static class RegisterEndpoint
{
    // The minimum response time where registration must not reveal which emails are taken. It is longer than a
    // registration takes: a free email needs one more write, and the response time must not reveal that (user
    // enumeration, ASVS 6.3.8).
    private static readonly TimeSpan s_untoldAnsweredAfter = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/register", Register)
            .WithSummary("Register a user")
            .WithDescription(
                "Creates an account with an email and a password, and signs in. Sets the session cookies."
            );

    private static async Task<RegisterAnswer> Register(
        RegisterRequest request,
        HttpContext context,
        RegistrationUseCase registrations,
        BrowserSession browser,
        TimeProvider clock,
        SecurityLog log
    )
    {
        Task notBefore = Task.Delay(s_untoldAnsweredAfter, clock, context.RequestAborted);
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? email))
            return EmailInput.Invalid(request.Email);
        EmailKey key = EmailKey.Of(email.Value);
        context.SetSubject(key);
        ThrottledResult<RegisterResult> tried = await registrations.Register(
            email,
            new Password(request.Password),
            await browser.SignInContext(context, persistent: true, mark: null),
            context.ClientNetwork()
        );
        return await tried.Match(
            answered => Answer(answered.Result),
            throttled => Answered(AccountProblems.TooManyMails(throttled.Wait)),
            overloaded => Answered(ApiProblems.Busy)
        );

        Task<RegisterAnswer> Answered(RegisterAnswer answer) => Task.FromResult(answer);

        Task<RegisterAnswer> Answer(RegisterResult result) =>
            result.Match<Task<RegisterAnswer>>(
                async signedIn =>
                {
                    SessionTokens tokens = signedIn.Tokens;
                    browser.SignIn(context, tokens);
                    log.Registered(
                        tokens.User,
                        tokens.Session.Fingerprint,
                        context.ClientIpAddress()
                    );
                    return TypedResults.Created("/me", Account.Of(signedIn.Email, tokens));
                },
                async verificationAwaited =>
                {
                    log.RegisteredUnverified(key.Fingerprint, context.ClientIpAddress());
                    await notBefore;
                    return TypedResults.Accepted((string?)null, NextStep.VerifyEmail);
                },
                async closed => AccountProblems.RegistrationClosed,
                async idTaken => ApiProblems.SignInRefused,
                async refused =>
                    AccountResultProblems.PasswordRefused(refused.Reason, refused.Limit),
                async taken =>
                {
                    if (taken.MayBeTold)
                        return ApiProblems.EmailTaken;

                    // The same response as for a free email (user enumeration).
                    log.Refused(context, ApiProblems.EmailTaken.Code);
                    await notBefore;
                    return TypedResults.Accepted((string?)null, NextStep.VerifyEmail);
                },
                async expired => AccountProblems.LoginExpired,
                async busy => ApiProblems.Busy
            );
    }
}

/// <summary>A registration.</summary>
/// <param name="Email">The email address.</param>
/// <param name="Password">The new password.</param>
internal sealed record RegisterRequest(string Email, [property: NewPassword] string Password);

/// <summary>The signed-in account.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="Email">The email address.</param>
/// <param name="Next"><c>second-factor-setup</c> if a second factor has to be set up first; otherwise omitted.</param>
internal sealed record Account(
    string UserId,
    string Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null
)
{
    /// <summary>The session is restricted until the user has set up a second factor.</summary>
    public const string SecondFactorSetup = "second-factor-setup";

    public static Account Of(string email, SessionTokens tokens) =>
        new(tokens.User.Value, email, tokens.Restricted ? SecondFactorSetup : null);
}
