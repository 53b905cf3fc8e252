using System.Collections.Concurrent;
using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// What applications are told of users beside their id: kept for a minute, so that a check does not ask the user's grain.
/// </summary>
internal sealed class Profiles(IGrainFactory grains, TimeProvider clock)
{
    private const int Most = 100_000;

    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<UserId, ToldProfile> _kept = new();
    private readonly Eviction<KeyValuePair<UserId, ToldProfile>> _eviction = new(kept =>
        kept.Value.Until.At.Monotonic.Ticks
    );

    /// <summary>The profile of a user.</summary>
    public ValueTask<ToldProfile> Of(UserId user) =>
        _kept.TryGetValue(user, out ToldProfile? kept) && !kept.Until.HasPassed(Now)
            ? new(kept)
            : new(Ask(user));

    private ClockReading Now => new(clock.GetElapsedTime(0), clock.GetUtcNow());

    private async Task<ToldProfile> Ask(UserId user)
    {
        LeaseDeadline until = LeaseDeadline.After(Now, s_age);
        UserProfile? profile = await grains.User(user).Profile();
        ToldProfile told = new(profile is { EmailVerified: true } ? profile.Email : "", until);
        _kept[user] = told;
        if (_kept.Count > Most)
            _eviction.Run(_kept, _kept.Count, entry => _kept.TryRemove(entry));
        return told;
    }
}

/// <summary>What applications are told of a user.</summary>
/// <param name="Email">The email; empty until it is verified: anybody can type one that is not theirs.</param>
/// <param name="Until">Until when it is told.</param>
internal sealed record ToldProfile(string Email, LeaseDeadline Until);
