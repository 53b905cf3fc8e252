using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Factors;

/// <summary>The authenticator app and the recovery codes.</summary>
internal static class FactorEndpoints
{
    public static void MapFactors(this IEndpointRouteBuilder api)
    {
        api.MapPost("/factors/totp", Offer)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Offers a secret for an authenticator app. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 409, 503);
        api.MapPost("/factors/totp/confirm", Confirm)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary(
                "Turns the authenticator app on with a code of it; ends all other sessions. Asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 408, 409, 429, 503);
        api.MapDelete("/factors/totp", Remove)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary(
                "Turns the authenticator app off; ends all other sessions. Asks for a fresh proof."
            )
            .ProducesProblems(401, 403, 404, 409, 503);
        api.MapPost("/factors/recovery-codes", MakeCodes)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Replaces the recovery codes. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 404, 503);
    }

    private static async Task<Results<Ok<TotpOffer>, ApiProblem>> Offer(
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains,
        IOptions<ApiSettings> settings
    )
    {
        UserAnswer answer = await grains
            .UserFactors(current.User)
            .OfferTotp(current.Asking(context));
        return answer switch
        {
            TotpOffered offered => TypedResults.Ok(
                TotpPicture.Of(offered, settings.Value.RootDomain)
            ),
            AlreadySo => AccountProblems.TotpOn,
            NotAllowed => AccountProblems.FactorsOff,
            _ => answer.Problem(),
        };
    }

    private static async Task<Results<Ok<RecoveryCodeList>, ApiProblem>> Confirm(
        CodeRequest request,
        CurrentSession current,
        HttpContext context,
        GuessGuard guesses,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        (UserAnswer? answer, TimeSpan wait) = await guesses.Code(
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

        log.FactorChanged("totp-added", current.User, context.ClientAddress());
        return Shown(made, browser, context);
    }

    private static async Task<Results<NoContent, ApiProblem>> Remove(
        CurrentSession current,
        HttpContext context,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        UserAnswer answer = await grains
            .UserFactors(current.User)
            .RemoveTotp(current.Asking(context));
        switch (answer)
        {
            case Done { Grant: var grant }:
                browser.Renew(context, grant);
                log.FactorChanged("totp-removed", current.User, context.ClientAddress());
                return TypedResults.NoContent();
            case NotAllowed:
                return AccountProblems.FactorNeeded;
            case NotThere:
                return AccountProblems.NoTotp;
            default:
                return answer.Problem();
        }
    }

    private static async Task<Results<Ok<RecoveryCodeList>, ApiProblem>> MakeCodes(
        CurrentSession current,
        HttpContext context,
        SignedInBrowser browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        UserAnswer answer = await grains
            .UserFactors(current.User)
            .MakeRecoveryCodes(current.Asking(context));
        if (answer is not RecoveryCodesMade made)
            return answer is NotThere ? AccountProblems.NoTotp : answer.Problem();

        log.FactorChanged("recovery-codes-made", current.User, context.ClientAddress());
        return Shown(made, browser, context);
    }

    private static Ok<RecoveryCodeList> Shown(
        RecoveryCodesMade made,
        SignedInBrowser browser,
        HttpContext context
    )
    {
        browser.Renew(context, made.Grant);
        return TypedResults.Ok(new RecoveryCodeList([.. made.Codes.Select(code => code.Text)]));
    }
}
