using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Distributed;

namespace SessionAuth.Bench.Servers;

/// <summary>The tickets of cookie authentication in Redis, each until it expires.</summary>
internal sealed class RedisTicketStore(IDistributedCache redis) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        string key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    // With an absolute time, a check is one query: a sliding one would be extended by another.
    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        redis.SetAsync(
            key,
            TicketSerializer.Default.Serialize(ticket),
            new DistributedCacheEntryOptions { AbsoluteExpiration = ticket.Properties.ExpiresUtc }
        );

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        await redis.GetAsync(key) is { } ticket
            ? TicketSerializer.Default.Deserialize(ticket)
            : null;

    public Task RemoveAsync(string key) => redis.RemoveAsync(key);
}
