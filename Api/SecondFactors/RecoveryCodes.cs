using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.SecondFactors;

/// <summary><c>POST /factors/recovery-codes</c></summary>
internal static class RecoveryCodesEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/factors/recovery-codes", Replace)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Replaces the recovery codes. Asks for a fresh proof.");

    private static async Task<Results<Ok<RecoveryCodeList>, NotFoundProblem, ApiProblem>> Replace(
        CurrentSession current,
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        UserAnswer answer = await grains
            .UserFactors(current.User)
            .MakeRecoveryCodes(current.Asking(context));
        if (answer is not RecoveryCodesMade made)
            return answer is NotThere ? AccountProblems.NoTotp : answer.Problem();

        browser.Renew(context, made.Grant);
        log.FactorChanged("recovery-codes-made", current.User, context.ClientAddress());
        return TypedResults.Ok(RecoveryCodeList.Of(made));
    }
}

/// <summary>Recovery codes, which are shown once.</summary>
/// <param name="RecoveryCodes">Ten codes, each good once.</param>
internal sealed record RecoveryCodeList(IReadOnlyList<string> RecoveryCodes)
{
    public static RecoveryCodeList Of(RecoveryCodesMade made) =>
        new([.. made.Codes.Select(code => code.Text)]);
}
