using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/verification</c></summary>
internal static class VerificationEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/verification", Send)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Sends the mail again by which the address is verified.");

    private static async Task<
        Results<Accepted, ConflictProblem, TooManyRequestsProblem, ApiProblem>
    > Send(
        CurrentSession current,
        HttpContext context,
        SignInThrottle throttle,
        IGrainFactory grains
    )
    {
        if (await throttle.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        SendVerificationResult result = await grains
            .UserAddress(current.User)
            .SendVerification(current.Asking(context));
        return result.Match<Results<Accepted, ConflictProblem, TooManyRequestsProblem, ApiProblem>>(
            sent => TypedResults.Accepted((string?)null),
            alreadyVerified => AccountProblems.AlreadyVerified,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}
