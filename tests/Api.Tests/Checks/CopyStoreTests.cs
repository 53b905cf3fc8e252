using Microsoft.Extensions.Time.Testing;
using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Tests.Checks;

/// <summary>The copies of a process are bounded.</summary>
public sealed class CopyStoreTests
{
    private const int Capacity = 100;

    private readonly FakeTimeProvider _clock = new();
    private readonly CopyStore _copies = new(Capacity);
    private readonly HeldSilo _silo;
    private readonly UserId _user = UserId.New(TimeProvider.System.GetUtcNow());

    public CopyStoreTests()
    {
        _silo = new(Guid.NewGuid(), entry: null!, _copies, LeaseRules.Default, _clock);
        _silo.Take(new(LeaseRules.Default.Length, []), _clock.Read());
    }

    [Fact]
    public void Least_recently_used_copies_are_dropped_first()
    {
        SessionId[] first = Keep(Capacity);
        Assert.True(_copies.TryGet(first[0], out Copy? used));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        used.Use(_clock.Read().Monotonic);

        SessionId[] more = Keep(Capacity / 2);

        Assert.InRange(_copies.Count, Capacity / 2, Capacity);
        Assert.True(_copies.TryGet(first[0], out _));
        Assert.All(more, session => Assert.True(_copies.TryGet(session, out _)));
    }

    [Fact]
    public void Copy_that_was_replaced_is_counted_once()
    {
        SessionId session = Keep(1)[0];
        _silo.Keep(session, Standing(version: 2), _clock.Read());

        Assert.Equal(1, _copies.Count);
        _silo.Recall([new(session, Below: 3)]);
        Assert.Equal(0, _copies.Count);
    }

    private SessionId[] Keep(int count)
    {
        SessionId[] sessions = [.. Enumerable.Range(0, count).Select(_ => SessionId.New())];
        foreach (SessionId session in sessions)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _silo.Keep(session, Standing(version: 1), _clock.Read());
        }
        return sessions;
    }

    private LeasedStanding Standing(long version) =>
        new(version, _user, LeastGeneration: 0, [1], Restricted: false, TimeSpan.FromHours(1), []);
}
