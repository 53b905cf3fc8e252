using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/verification</c></summary>
internal static class VerificationEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/verification", Send)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Resend the verification email");

    private static async Task<
        Results<Accepted, ConflictProblem, TooManyRequestsProblem, ApiProblem>
    > Send(CurrentSession current, HttpContext context, EmailUseCase emails)
    {
        ThrottledResult<SendVerificationResult> tried = await emails.SendVerification(
            current.User,
            current.Caller(context),
            context.ClientNetwork()
        );
        return tried.Match(
            answered =>
                answered.Result.Match<
                    Results<Accepted, ConflictProblem, TooManyRequestsProblem, ApiProblem>
                >(
                    sent => TypedResults.Accepted((string?)null),
                    alreadyVerified => AccountProblems.AlreadyVerified,
                    signedOut => ApiProblems.NotSignedIn
                ),
            throttled => AccountProblems.TooManyMails(throttled.Wait),
            overloaded => ApiProblems.Busy
        );
    }
}
