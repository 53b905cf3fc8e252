using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Where passwords are hashed: on threads of their own, which give way to all others, so that a flood of sign-ins never
/// takes the processor from session checks, nor more memory than so many hashes need. Those who wait are bounded; the
/// rest are turned away.
/// </summary>
/// <remarks>
/// Who is known waits for nobody else. While nearly all others turn out to be wrong, theirs give way much further: on a
/// busy machine guesses would otherwise take as much as honest sign-ins, and these must not starve beside checks.
/// </remarks>
internal sealed class HashGate : IDisposable
{
    /// <summary>The meter of what is hashed.</summary>
    public const string MeterName = "SessionAuth.Passwords";

    // Half of what other threads get where the processor is short, and next to nothing.
    private const int Niceness = 3;
    private const int NicenessOfGuesses = 19;

    // Of those who are known, each of many may have a few under way: one who has many devices fills no lane.
    private const int ShareOfAUser = 4;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly HashLane _known;
    private readonly HashLane _unknown;
    private readonly HashLane _guesses;
    private readonly HashShares _shares = new(ShareOfAUser);
    private readonly RecentGuesses _recent = new();
    private readonly Counter<long> _hashed;
    private readonly Counter<long> _turnedAway;

    public HashGate(IOptions<PasswordOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        Meter meter = meters.Create(MeterName);
        _hashed = meter.CreateCounter<long>(
            "sessionauth.passwords.hashed",
            "{hash}",
            "Passwords that were hashed."
        );
        _turnedAway = meter.CreateCounter<long>(
            "sessionauth.passwords.turned_away",
            "{try}",
            "Passwords that were not hashed, because too many waited, or for too long."
        );
        int most = options.Value.QueuePerCore * Environment.ProcessorCount;
        _known = new("password hash", most, Niceness, holdsBack: false, clock);
        _unknown = new("password hash", most, Niceness, holdsBack: false, clock);
        _guesses = new("password guess", most, NicenessOfGuesses, holdsBack: true, clock);
    }

    /// <summary>Runs the work, whose result can be null, on a thread of the gate; null when too much waits, or it has waited for too long.</summary>
    /// <param name="work">The work.</param>
    /// <param name="known">Whether it is for somebody who has shown before who they are.</param>
    public Task<T?> TryRun<T>(Func<T> work, bool known) => TryRun(work, Lane(known));

    /// <summary>The same for a user who is known, and of whom several may be under way at once.</summary>
    /// <param name="work">The work.</param>
    /// <param name="user">The user.</param>
    public async Task<T?> TryRunFor<T>(Func<T> work, UserId user)
    {
        if (!_shares.TryEnter(user))
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
            _shares.Leave(user);
        }
    }

    private async Task<T?> TryRun<T>(Func<T> work, HashLane lane)
    {
        TaskCompletionSource<T?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long asked = _clock.GetTimestamp();
        bool accepted = lane.TryAdd(() =>
        {
            try
            {
                // Whoever asked for it has been given up on, or soon will be.
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

    /// <summary>Tells how a password turned out of somebody who was not known.</summary>
    public void Learn(bool right) => _recent.Add(right);

    public void Dispose()
    {
        _known.Dispose();
        _unknown.Dispose();
        _guesses.Dispose();
    }

    private HashLane Lane(bool known) =>
        known ? _known
        : _recent.AreMostlyWrong ? _guesses
        : _unknown;
}
