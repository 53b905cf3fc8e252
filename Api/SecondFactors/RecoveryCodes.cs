using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/recovery-codes</c></summary>
internal static class RecoveryCodesEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/recovery-codes", Replace)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Replace the recovery codes")
            .WithDescription(
                "Generates new recovery codes and invalidates the old ones. Requires recent authentication."
            );

    private static async Task<Results<Ok<RecoveryCodeList>, NotFoundProblem, ApiProblem>> Replace(
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        MakeRecoveryCodesResult result = await grains
            .UserFactors(current.User)
            .MakeRecoveryCodes(current.Caller(context));
        return result.Match<Results<Ok<RecoveryCodeList>, NotFoundProblem, ApiProblem>>(
            made =>
            {
                browser.Renew(context, made.Tokens);
                log.FactorChanged("recovery-codes-made", current.User, context.ClientIpAddress());
                return TypedResults.Ok(RecoveryCodeList.Of(made.RecoveryCodes));
            },
            stepUpRequired => AccountResultProblems.StepUpRequired(stepUpRequired.Accepts),
            noFactor => AccountProblems.NoFactor,
            codesLost => ApiProblems.Busy,
            signedOut => ApiProblems.NotSignedIn
        );
    }
}

/// <summary>New recovery codes, which are shown only once.</summary>
/// <param name="RecoveryCodes">Ten codes, each of which works once.</param>
internal sealed record RecoveryCodeList(IReadOnlyList<string> RecoveryCodes)
{
    public static RecoveryCodeList Of(IReadOnlyList<Secret> codes) =>
        new([.. codes.Select(code => code.Text)]);
}
