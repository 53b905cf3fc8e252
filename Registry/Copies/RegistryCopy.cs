using Microsoft.Extensions.Primitives;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Registry;

namespace SessionAuth.Registry.Copies;

/// <summary>This node's copy of the registry, which is used only while it is certain to be current.</summary>
/// <remarks>
/// Each answer of the registry comes with the right to use the copy for a few seconds from before the question. What was
/// taken away from the registry is gone on every node when that was answered: the registry waits until each holder has
/// asked again with the new version, or has lost the right.
/// </remarks>
public sealed class RegistryCopy : IDisposable
{
    private static readonly TimeSpan s_longestQuestion = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;

    // One question at a time, or an answer with an older version could come last.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HolderId _holder = new(Guid.NewGuid());
    private volatile HeldCopy? _kept;
    private CancellationTokenSource _changed = new();

    internal RegistryCopy(IGrainFactory grains, TimeProvider clock)
    {
        _grains = grains;
        _clock = clock;
    }

    /// <summary>The content, which nothing was taken away from before this call.</summary>
    /// <exception cref="RegistryUnavailableException">The copy may be outdated, or there is none yet.</exception>
    public RegistryContent Current =>
        // The copy first, then the time: its process may be suspended in between.
        _kept is { } kept
        && kept.IsUsable(Now)
            ? kept.Content
            : throw new RegistryUnavailableException();

    /// <summary>The newest content that has arrived, which may be outdated; null before the first.</summary>
    public RegistryContent? Newest => _kept?.Content;

    /// <summary>
    /// Fires once when another version has arrived, and before this node says that it has it: what callbacks have
    /// replaced is certainly not used any more when a removal is answered.
    /// </summary>
    public IChangeToken Changes => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    /// <summary>Asks the registry now, for what is not known here yet.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The content at a time after this call began.</returns>
    /// <exception cref="RegistryUnavailableException">The registry does not answer.</exception>
    public async Task<RegistryContent> Refresh(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await Ask(cancellationToken);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            throw new RegistryUnavailableException("The registry does not answer.", e);
        }
        finally
        {
            _turn.Release();
        }
        return Current;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _changed.Dispose();
    }

    private ClockReading Now => new(_clock.GetElapsedTime(0), _clock.GetUtcNow());

    // The answer to a question that took too long is never looked at.
    private async Task Ask(CancellationToken cancellationToken)
    {
        ClockReading asked = Now;
        RegistryAnswer answer = await _grains
            .Registry()
            .Ask(_holder, _kept?.Content.Version)
            .WaitAsync(s_longestQuestion, _clock, cancellationToken);
        Take(answer, asked);
    }

    private void Take(RegistryAnswer answer, ClockReading asked)
    {
        _kept = HeldCopy.Take(_kept, answer.Content, answer.UsableFor, asked);
        if (answer.Content is not null)
            Interlocked.Exchange(ref _changed, new()).Cancel();
    }
}
