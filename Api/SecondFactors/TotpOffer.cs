using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Settings;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/totp</c></summary>
internal static class TotpOfferEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/totp", Offer)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Offers a secret for an authenticator app. Asks for a fresh proof.");

    private static async Task<Results<Ok<TotpOffer>, ConflictProblem, ApiProblem>> Offer(
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains,
        IOptions<ApiSettings> settings
    )
    {
        OfferTotpResult result = await grains
            .UserFactors(current.User)
            .OfferTotp(current.Asking(context));
        return result.Match<Results<Ok<TotpOffer>, ConflictProblem, ApiProblem>>(
            offered => TypedResults.Ok(TotpPicture.Of(offered, settings.Value.RootDomain)),
            emailNotVerified => AccountProblems.AddressNotVerified,
            stepUpRequired => AccountAnswers.StepUpRequired(stepUpRequired.Accepts),
            alreadyOn => AccountProblems.TotpOn,
            notAllowed => AccountProblems.FactorsOff,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}

/// <summary>A secret for an authenticator app.</summary>
/// <param name="Secret">In base32, to be typed.</param>
/// <param name="Uri">The same as an address that apps open.</param>
/// <param name="Qr">The same as a picture to be scanned: SVG.</param>
internal sealed record TotpOffer(string Secret, string Uri, string Qr);
