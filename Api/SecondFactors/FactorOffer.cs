using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Settings;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/{factor}</c></summary>
internal static class FactorOfferEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/{factor}", Offer)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Begin to add a second factor")
            .WithDescription(
                "Creates a secret for an authenticator, to be confirmed with a code. Requires recent authentication."
            );

    private static async Task<
        Results<Ok<FactorOffer>, NotFoundProblem, ConflictProblem, ApiProblem>
    > Offer(
        string factor,
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains,
        IOptions<ApiSettings> settings
    )
    {
        if (FactorName.Factor(factor) is not { } otp)
            return AccountProblems.NoFactor;

        OfferOtpResult result = await grains
            .UserFactors(current.User)
            .OfferOtp(otp.Method, current.Caller(context));
        return result.Match<Results<Ok<FactorOffer>, NotFoundProblem, ConflictProblem, ApiProblem>>(
            offered => TypedResults.Ok(KeyPicture.Of(otp, offered, settings.Value.RootDomain)),
            emailNotVerified => AccountProblems.EmailNotVerified,
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            alreadyOn => AccountProblems.FactorOn,
            notAllowed => AccountProblems.FactorsOff,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}

/// <summary>A secret for an authenticator, such as an authenticator app.</summary>
/// <param name="Secret">The secret in base32, for manual entry.</param>
/// <param name="Uri">The secret as an <c>otpauth</c> URI.</param>
/// <param name="Qr">The URI as a QR code (SVG).</param>
internal sealed record FactorOffer(string Secret, string Uri, string Qr);
