using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Hashes passwords on dedicated low-priority threads, so that a flood of sign-ins takes neither the processor from
/// session checks nor unbounded memory. The queues are bounded; beyond that, work is refused (load shedding).
/// </summary>
/// <remarks>
/// Known users have a queue of their own, so that unknown ones do not delay them. While nearly all other sign-ins fail,
/// they run at the lowest priority: on a busy machine a brute-force attack would otherwise get as much time as honest
/// sign-ins, whose priority cannot be lower because they must not starve beside session checks.
/// </remarks>
internal sealed class PasswordHashScheduler : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SessionAuth.Passwords";

    // Under contention about half of what other threads get, and next to nothing.
    private const int Niceness = 3;
    private const int NicenessUnderAttack = 19;

    // A user with many known devices must not fill the queue of all users with known devices.
    private const int MaxPerUser = 4;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly bool _defersUnderAttack;
    private readonly HashWorkerPool _known;
    private readonly HashWorkerPool _unknown;
    private readonly HashWorkerPool _underAttack;
    private readonly HashQuota _quota = new(MaxPerUser);
    private readonly FailureRate _failureRate = new();
    private readonly Counter<long> _hashed;
    private readonly Counter<long> _turnedAway;

    public PasswordHashScheduler(
        IOptions<PasswordOptions> options,
        TimeProvider clock,
        IMeterFactory meters
    )
    {
        _clock = clock;
        _defersUnderAttack = options.Value.DefersUnderAttack;
        Meter meter = meters.Create(MeterName);
        _hashed = meter.CreateCounter<long>(
            "sessionauth.passwords.hashed",
            "{hash}",
            "Passwords that were hashed."
        );
        _turnedAway = meter.CreateCounter<long>(
            "sessionauth.passwords.turned_away",
            "{try}",
            "Passwords that were not hashed, because the queue was full or the wait too long."
        );
        int capacity = options.Value.QueuePerCore * Environment.ProcessorCount;
        _known = new("password hash", capacity, Niceness, restsUnderLoad: false, clock);
        _unknown = new("password hash", capacity, Niceness, restsUnderLoad: false, clock);
        _underAttack = new(
            "password attack",
            capacity,
            NicenessUnderAttack,
            restsUnderLoad: true,
            clock
        );
    }

    /// <summary>Queues the work and returns its result; null when the queue was full or the wait too long.</summary>
    /// <param name="work">The hashing. Its result may be null.</param>
    /// <param name="known">Whether it is for a known user.</param>
    public Task<T?> TryRun<T>(Func<T> work, bool known) => TryRun(work, PoolFor(known));

    /// <summary>The same for a known user, within the user's <see cref="HashQuota"/>.</summary>
    /// <param name="work">The hashing.</param>
    /// <param name="user">The known user.</param>
    public async Task<T?> TryRunFor<T>(Func<T> work, UserId user)
    {
        if (!_quota.TryAcquire(user))
        {
            _turnedAway.Add(1);
            return default;
        }

        try
        {
            return await TryRun(work, _known);
        }
        finally
        {
            _quota.Release(user);
        }
    }

    private async Task<T?> TryRun<T>(Func<T> work, HashWorkerPool pool)
    {
        TaskCompletionSource<T?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long asked = _clock.GetTimestamp();
        bool accepted = pool.TryEnqueue(() =>
        {
            try
            {
                // The client has timed out, or soon will.
                if (_clock.GetElapsedTime(asked) > s_longestWait)
                {
                    _turnedAway.Add(1);
                    done.SetResult(default);
                    return;
                }

                _hashed.Add(1);
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (accepted)
            return await done.Task;

        _turnedAway.Add(1);
        return default;
    }

    /// <summary>Records whether a password from an unknown device was right.</summary>
    public void RecordResult(bool right) => _failureRate.Record(right);

    public void Dispose()
    {
        _known.Dispose();
        _unknown.Dispose();
        _underAttack.Dispose();
    }

    private HashWorkerPool PoolFor(bool known) =>
        known ? _known
        : _defersUnderAttack && _failureRate.IsHigh ? _underAttack
        : _unknown;
}
