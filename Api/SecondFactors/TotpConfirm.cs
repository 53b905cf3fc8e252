using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/totp/confirm</c></summary>
internal static class TotpConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/totp/confirm", Confirm)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary(
                "Turns the authenticator app on with a code of it; ends all other sessions. Asks for a fresh proof."
            );

    private static async Task<
        Results<
            Ok<RecoveryCodeList>,
            UnauthorizedProblem,
            ConflictProblem,
            TooManyRequestsProblem,
            ApiProblem
        >
    > Confirm(
        CodeRequest request,
        CurrentSession current,
        HttpContext context,
        SignInThrottle throttle,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        (UserAnswer? answer, TimeSpan wait) = await throttle.Code(
            context,
            current.User,
            AuthenticationMethod.Totp,
            () =>
                grains
                    .UserFactors(current.User)
                    .ConfirmTotp(current.Asking(context), new(request.Code))
        );
        if (answer is not RecoveryCodesMade made)
            return answer is NotThere ? AccountProblems.NoTotpPending : answer.Problem(wait);

        browser.Renew(context, made.Grant);
        log.FactorChanged("totp-added", current.User, context.ClientAddress());
        return TypedResults.Ok(RecoveryCodeList.Of(made.Codes));
    }
}

/// <summary>A code of the authenticator app.</summary>
/// <param name="Code">Six digits.</param>
internal sealed record CodeRequest(string Code);
