using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary><c>GET /passkeys</c></summary>
internal static class PasskeyListEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/passkeys", List)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("List passkeys");

    private static async Task<Ok<PasskeyList>> List(CurrentSession current, IGrainFactory grains)
    {
        PasskeyRing ring = await grains.UserPasskeys(current.User).ListPasskeys();
        return TypedResults.Ok(new PasskeyList([.. ring.Passkeys.Select(ListedPasskey.Of)]));
    }
}

/// <summary>The user's passkeys.</summary>
/// <param name="Passkeys">The passkeys, oldest first.</param>
internal sealed record PasskeyList(IReadOnlyList<ListedPasskey> Passkeys);

/// <summary>A passkey.</summary>
/// <param name="Id">The credential id.</param>
/// <param name="Name">The name chosen by the user.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null if never.</param>
/// <param name="Synced">Whether the passkey is synced between devices.</param>
internal sealed record ListedPasskey(
    string Id,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    bool Synced
)
{
    public static ListedPasskey Of(Passkey passkey) =>
        new(
            passkey.Id,
            passkey.Name,
            passkey.CreatedAt,
            passkey.LastUsedAt,
            Synced: passkey.BackedUp
        );
}
