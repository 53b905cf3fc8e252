using OpenIddict.Server;
using SessionAuth.Grains.Interfaces;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// Ends the grant of a token that its application gives back (RFC 7009): all its tokens end. The session goes on.
/// </summary>
internal sealed class RevokeGrant(IGrainFactory grains)
    : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.Transaction.Kept<LiveGrant>()?.Grant is { } grant)
            await grains.Session(grant.Session).EndGrant(grant.Id, grant.Application);
    }
}
