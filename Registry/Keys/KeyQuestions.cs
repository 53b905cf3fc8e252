using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Registry;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Keys;

/// <summary>
/// Asks the registry for keys that this node does not have: at most once a second, whatever strangers send.
/// </summary>
/// <remarks>
/// Whoever needs an answer shares the next question, and not the one under way or the last: a key may have been added
/// since that one was sent, and a valid value would be refused. So an answer takes up to a second more, but is right. An
/// id that the registry did not know is not asked for again: ids are random, and never given to a later key.
/// </remarks>
internal sealed class KeyQuestions(RegistryCopy copy, TimeProvider clock)
{
    private const int MostWaiting = 1000;
    private const int MostUnknown = 64;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<KeyId> _unknown = new(MostUnknown);

    // The question that is not sent yet, and the last one, which may be the same.
    private Task<RegistryContent?>? _next;
    private Task _last = Task.CompletedTask;
    private long? _askedAt;
    private int _waiting;

    /// <summary>Asks for a key.</summary>
    /// <returns>The content that has it; otherwise null, and what to answer.</returns>
    public async ValueTask<(OpenOutcome Outcome, RegistryContent? Content)> Ask(
        KeyId id,
        CancellationToken cancellationToken
    )
    {
        Task<RegistryContent?> question;
        lock (_lock)
        {
            if (_unknown.Contains(id))
                return (OpenOutcome.Invalid, null);
            if (_waiting == MostWaiting)
                return (OpenOutcome.KeyNotHeld, null);

            _waiting++;
            if (_next is null)
                _last = _next = AskAfter(_last);
            question = _next;
        }

        try
        {
            return Answer(id, await question.WaitAsync(cancellationToken));
        }
        finally
        {
            lock (_lock)
                _waiting--;
        }
    }

    private (OpenOutcome, RegistryContent?) Answer(KeyId id, RegistryContent? content)
    {
        if (content is null)
            return (OpenOutcome.KeyNotHeld, null);
        if (content.Keys.Find(id) is not null)
            return (OpenOutcome.Opened, content);

        lock (_lock)
            Remember(id);
        return (OpenOutcome.Invalid, null);
    }

    private void Remember(KeyId unknown)
    {
        if (_unknown.Contains(unknown))
            return;
        if (_unknown.Count == MostUnknown)
            _unknown.Dequeue();
        _unknown.Enqueue(unknown);
    }

    private async Task<RegistryContent?> AskAfter(Task last)
    {
        // Not in the caller's lock.
        await Task.Yield();
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TimeSpan pause = _askedAt is { } asked
            ? s_interval - clock.GetElapsedTime(asked)
            : TimeSpan.Zero;
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, clock);

        lock (_lock)
        {
            _next = null;
            _askedAt = clock.GetTimestamp();
        }

        try
        {
            return await copy.Refresh(CancellationToken.None);
        }
        catch (RegistryUnavailableException)
        {
            return null;
        }
    }
}
