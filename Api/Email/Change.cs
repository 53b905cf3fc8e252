using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/change</c></summary>
internal static class EmailChangeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/change", Change)
            .RequireAuthorization()
            .WithSummary("Request an email change")
            .WithDescription(
                "Sends a confirmation link to the new email address. Requires recent authentication."
            );

    private static async Task<Results<Accepted, TooManyRequestsProblem, ApiProblem>> Change(
        EmailPayload request,
        CurrentSession current,
        HttpContext context,
        EmailUseCase emails
    )
    {
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? email))
            return EmailInput.Invalid(request.Email);
        ThrottledResult<ChangeEmailResult> tried = await emails.Change(
            current.User,
            current.Caller(context),
            email,
            context.ClientNetwork()
        );
        return tried.Match(
            answered =>
                answered.Result.Match<Results<Accepted, TooManyRequestsProblem, ApiProblem>>(
                    asked => TypedResults.Accepted((string?)null),
                    stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
                    signedOut => ApiProblems.NotSignedIn
                ),
            throttled => AccountProblems.TooManyMails(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}

/// <summary>An email address.</summary>
/// <param name="Email">The email address.</param>
internal sealed record EmailPayload(string Email);
