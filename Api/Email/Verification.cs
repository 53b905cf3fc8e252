using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

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

        UserAnswer answer = await grains
            .UserAddress(current.User)
            .SendVerification(current.Asking(context));
        return answer switch
        {
            Done => TypedResults.Accepted((string?)null),
            AlreadySo => AccountProblems.AlreadyVerified,
            _ => answer.Problem(),
        };
    }
}
