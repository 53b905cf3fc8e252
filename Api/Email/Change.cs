using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/change</c></summary>
internal static class EmailChangeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/change", Change)
            .RequireAuthorization()
            .WithSummary("Sends a mail to a new address. Asks for a fresh proof.");

    private static async Task<Results<Accepted, TooManyRequestsProblem, ApiProblem>> Change(
        AddressMessage request,
        CurrentSession current,
        HttpContext context,
        SignInThrottle throttle,
        IGrainFactory grains
    )
    {
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? address))
            return TypedEmail.Invalid(request.Email);
        if (await throttle.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        ChangeEmailResult result = await grains
            .UserAddress(current.User)
            .ChangeAddress(current.Asking(context), address.Value);
        return result.Match<Results<Accepted, TooManyRequestsProblem, ApiProblem>>(
            asked => TypedResults.Accepted((string?)null),
            stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
            signedOut => ApiProblems.NotSignedIn
        );
    }
}

/// <summary>An address.</summary>
/// <param name="Email">The address.</param>
internal sealed record AddressMessage(string Email);
