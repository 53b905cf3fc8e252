using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary><c>GET /me/export</c></summary>
internal static class MeExportEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", Export)
            .RequireAuthorization()
            .WithSummary("Everything that is kept about the user but secrets.");

    private static async Task<Results<Ok<DataExport>, ApiProblem>> Export(
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains
    )
    {
        if (await grains.UserData(current.User).Export() is not { } export)
            return ApiProblems.NotSignedIn;

        context.Response.Headers.ContentDisposition =
            "attachment; filename=\"sessionauth-export.json\"";
        return TypedResults.Ok(DataExport.Of(export, current));
    }
}

/// <summary>A passkey in an export: its public part.</summary>
/// <param name="Id">The credential's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="PublicKey">Its public key (COSE, base64).</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used.</param>
/// <param name="SignCount">The authenticator's count of signatures.</param>
/// <param name="Transports">How browsers reach the authenticator.</param>
/// <param name="Synced">Whether it is synced between devices.</param>
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

/// <summary>Everything that is kept about a user but secrets.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The address.</param>
/// <param name="EmailVerifiedAt">When the address was proved.</param>
/// <param name="NewEmail">The address that it is to become.</param>
/// <param name="CreatedAt">When the user registered.</param>
/// <param name="HasPassword">Whether there is a password; its hash is not handed out.</param>
/// <param name="TotpAddedAt">When the authenticator app was turned on; its secret is not handed out.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are unused.</param>
/// <param name="Passkeys">The passkeys.</param>
/// <param name="Sessions">The sessions that are live.</param>
/// <param name="Ended">The last ten that ended.</param>
/// <param name="Activity">What happened to the account.</param>
/// <param name="MailsWaiting">The mails that wait to be sent.</param>
internal sealed record DataExport(
    string UserId,
    string Email,
    DateTimeOffset? EmailVerifiedAt,
    string? NewEmail,
    DateTimeOffset CreatedAt,
    bool HasPassword,
    DateTimeOffset? TotpAddedAt,
    int RecoveryCodesLeft,
    IReadOnlyList<ExportedPasskey> Passkeys,
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended,
    IReadOnlyList<ActivityEntry> Activity,
    IReadOnlyList<MailKind> MailsWaiting
)
{
    public static DataExport Of(UserExport export, CurrentSession current) =>
        new(
            export.Id.Value,
            export.Profile.Email,
            export.EmailVerifiedAt,
            export.Profile.NewEmail,
            export.CreatedAt,
            export.Profile.HasPassword,
            export.TotpAddedAt,
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
            [.. export.Sessions.Live.Select(session => LiveSession.Of(session, current))],
            [.. export.Sessions.Ended.Select(PastSession.Of)],
            [.. export.Activity.Select(ActivityEntry.Of)],
            export.MailsWaiting
        );
}
