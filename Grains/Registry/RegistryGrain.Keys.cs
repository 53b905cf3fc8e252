using Microsoft.Extensions.Logging;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Interfaces.Registry;

namespace SessionAuth.Grains.Registry;

internal sealed partial class RegistryGrain
{
    public Task<IReadOnlyList<KeyDescription>> ListKeys()
    {
        stored.RequireKnown();
        return Task.FromResult<IReadOnlyList<KeyDescription>>([
            .. _content.Keys.Keys.Select(key => Describe(_content.Keys, key)),
        ]);
    }

    public Task<KeyDescription?> AddKey(KeyId id, TimeSpan signsAfter)
    {
        stored.RequireKnown();
        return _content
            .Keys.Add(id, clock.GetUtcNow(), signsAfter)
            .Match<Task<KeyDescription?>>(
                async added =>
                {
                    if (added.Next != _content.Keys)
                    {
                        await Change(stored.State, added.Next);
                        LogKeyAdded(id, added.Key.SignsFrom);
                    }

                    return Describe(added.Next, added.Key);
                },
                tooMany => Task.FromResult<KeyDescription?>(null)
            );
    }

    public Task<KeyRemoval> RemoveKey(KeyId id)
    {
        stored.RequireKnown();
        return _content
            .Keys.Remove(id, clock.GetUtcNow())
            .Match(
                async removed =>
                {
                    await Change(stored.State, removed.Next);
                    return KeyRemoval.Removed;
                },
                async notFound =>
                {
                    // It may be a repetition, whose answer was lost.
                    await _withdrawn;
                    return KeyRemoval.NotFound;
                },
                signing => Task.FromResult(KeyRemoval.Signing)
            );
    }

    private KeyDescription Describe(KeySet set, TokenKey key) =>
        new(
            key.Id,
            key.CreatedAt,
            key.SignsFrom,
            set.SignsUntil(key.Id),
            set.Signing(clock.GetUtcNow()) == key,
            key.Rsa is not null
        );

    [LoggerMessage(
        EventId = 243,
        Level = LogLevel.Information,
        EventName = "key-added",
        Message = "Key {Key} is added, and signs from {SignsFrom:u}"
    )]
    private partial void LogKeyAdded(KeyId key, DateTimeOffset signsFrom);

    [LoggerMessage(
        EventId = 244,
        Level = LogLevel.Information,
        EventName = "key-removed",
        Message = "Key {Key} is removed on every node"
    )]
    private partial void LogKeyRemoved(KeyId key);
}
