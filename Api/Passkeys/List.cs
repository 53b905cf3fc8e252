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
            .WithSummary("Your passkeys.");

    private static async Task<Ok<PasskeyList>> List(CurrentSession current, IGrainFactory grains)
    {
        PasskeyRing ring = await grains.UserPasskeys(current.User).ListPasskeys();
        return TypedResults.Ok(new PasskeyList([.. ring.Passkeys.Select(ListedPasskey.Of)]));
    }
}

/// <summary>The user's passkeys.</summary>
/// <param name="Passkeys">In the order in which they were added.</param>
internal sealed record PasskeyList(IReadOnlyList<ListedPasskey> Passkeys);

/// <summary>A passkey as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that the user gave it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null when never.</param>
/// <param name="Synced">Whether it is kept on more than one device.</param>
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
