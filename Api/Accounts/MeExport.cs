using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary><c>GET /me/export</c></summary>
internal static class MeExportEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", Export)
            .RequireAuthorization()
            .WithSummary("Export the user's data")
            .WithDescription("Returns all stored data of the user, except secrets.");

    private static async Task<Results<Ok<DataExport>, ApiProblem>> Export(
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains,
        ApplicationNames names
    )
    {
        if (await grains.UserData(current.User).Export() is not { } export)
            return ApiProblems.NotSignedIn;

        context.Response.Headers.ContentDisposition =
            "attachment; filename=\"sessionauth-export.json\"";
        return TypedResults.Ok(DataExport.Of(export, current, names));
    }
}

/// <summary>An exported second factor.</summary>
/// <param name="Method">The authentication method.</param>
/// <param name="AddedAt">When it was added.</param>
internal sealed record ExportedFactor(AuthenticationMethod Method, DateTimeOffset AddedAt);

/// <summary>The public data of an exported passkey.</summary>
/// <param name="Id">The credential id.</param>
/// <param name="Name">The name chosen by the user.</param>
/// <param name="PublicKey">The COSE public key, in base64.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null if never.</param>
/// <param name="SignCount">The signature counter.</param>
/// <param name="Transports">The transports by which browsers reach the authenticator.</param>
/// <param name="Synced">Whether the passkey is synced between devices.</param>
internal sealed record ExportedPasskey(
    string Id,
    string Name,
    string PublicKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    uint SignCount,
    IReadOnlyList<string> Transports,
    bool Synced
);

/// <summary>All stored data of a user, except secrets.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="Email">The email address.</param>
/// <param name="EmailVerifiedAt">When the email address was verified; null if it was not.</param>
/// <param name="NewEmail">The new email address of a pending change; null if there is none.</param>
/// <param name="CreatedAt">When the user registered.</param>
/// <param name="HasPassword">Whether there is a password. Its hash is not exported.</param>
/// <param name="Factors">The second factors. Their secrets are not exported.</param>
/// <param name="RecoveryCodesLeft">The number of unused recovery codes.</param>
/// <param name="Passkeys">The passkeys.</param>
/// <param name="Sessions">The live sessions.</param>
/// <param name="Ended">The last ten ended sessions.</param>
/// <param name="Activity">The activity log.</param>
/// <param name="MailsWaiting">The kinds of the emails that are waiting to be sent.</param>
internal sealed record DataExport(
    string UserId,
    string Email,
    DateTimeOffset? EmailVerifiedAt,
    string? NewEmail,
    DateTimeOffset CreatedAt,
    bool HasPassword,
    IReadOnlyList<ExportedFactor> Factors,
    int RecoveryCodesLeft,
    IReadOnlyList<ExportedPasskey> Passkeys,
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended,
    IReadOnlyList<ActivityEntry> Activity,
    IReadOnlyList<MailKind> MailsWaiting
)
{
    public static DataExport Of(
        UserExport export,
        CurrentSession current,
        ApplicationNames names
    ) =>
        new(
            export.Id.Value,
            export.Profile.Email,
            export.EmailVerifiedAt,
            export.Profile.NewEmail,
            export.CreatedAt,
            export.Profile.HasPassword,
            [.. export.Factors.Select(factor => new ExportedFactor(factor.Method, factor.AddedAt))],
            export.Profile.RecoveryCodesLeft,
            [
                .. export.Passkeys.Select(passkey => new ExportedPasskey(
                    passkey.Id,
                    passkey.Name,
                    passkey.PublicKey,
                    passkey.CreatedAt,
                    passkey.LastUsedAt,
                    passkey.SignCount,
                    passkey.Transports,
                    passkey.BackedUp
                )),
            ],
            [.. export.Sessions.Live.Select(session => LiveSession.Of(session, current, names))],
            [.. export.Sessions.Ended.Select(PastSession.Of)],
            [.. export.Activity.Select(ActivityEntry.Of)],
            export.MailsWaiting
        );
}
