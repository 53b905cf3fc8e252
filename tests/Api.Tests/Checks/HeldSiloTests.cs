using Microsoft.Extensions.Time.Testing;
using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Tests.Checks;

/// <summary>What a front end keeps of one silo's sessions.</summary>
public sealed class HeldSiloTests
{
    private static readonly LeaseRules s_rules = LeaseRules.Default;

    private readonly FakeTimeProvider _clock = new();
    private readonly CopyStore _copies = new(capacity: 100);
    private readonly SessionId _session = SessionId.New();
    private readonly UserId _user = UserId.New(TimeProvider.System.GetUtcNow());
    private readonly HeldSilo _silo;

    public HeldSiloTests() => _silo = NewSilo();

    [Fact]
    public void Copy_answers_while_its_lease_stands()
    {
        Grant(_silo);
        Keep(_silo, version: 1);

        Assert.Equal(SessionStanding.Live, Answer());
        _clock.Advance(s_rules.Length);
        Assert.Null(Answer());
    }

    [Fact]
    public void Copy_lives_on_with_a_lease_that_is_renewed_in_time()
    {
        Grant(_silo);
        Keep(_silo, version: 1);
        _clock.Advance(s_rules.Length / 2);
        Grant(_silo);
        _clock.Advance(s_rules.Length / 2);

        Assert.Equal(SessionStanding.Live, Answer());
    }

    [Fact]
    public void Recalled_copy_answers_no_token_that_it_answered_before()
    {
        Grant(_silo);
        Keep(_silo, version: 1);
        CheckedToken token = new(_session, _user, generation: 1);
        Assert.True(_copies.TryGet(_session, out Copy? copy));
        Assert.Equal(SessionStanding.Live, token.Remember(copy)?.Answer(_clock));

        _silo.Recall([new(_session, Below: 2)]);

        Assert.Null(token.Copy!.Answer(_clock));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Copy_is_not_remembered_by_a_token_that_it_does_not_answer(
        long generation,
        bool isOfOther
    )
    {
        Grant(_silo);
        Keep(_silo, version: 1);
        UserId user = isOfOther ? UserId.New(DateTimeOffset.UnixEpoch) : _user;
        CheckedToken token = new(_session, user, generation);
        Assert.True(_copies.TryGet(_session, out Copy? copy));

        Copy? remembered = token.Remember(copy);

        Assert.Equal(generation == 1 && !isOfOther, remembered is not null);
        Assert.Equal(remembered, token.Copy);
    }

    [Fact]
    public void Replaced_copy_answers_no_more()
    {
        Grant(_silo);
        Keep(_silo, version: 1);
        Assert.True(_copies.TryGet(_session, out Copy? copy));
        Keep(_silo, version: 2);

        Assert.True(copy.AnswersTo(new(_session, _user, generation: 1)));
        Assert.Null(copy.Answer(_clock));
        Assert.Equal(SessionStanding.Live, Answer());
    }

    [Fact]
    public void Copy_does_not_live_by_the_lease_after_a_lapse()
    {
        Assert.False(Grant(_silo));
        Keep(_silo, version: 1);
        _clock.Advance(s_rules.Length);
        Assert.True(Grant(_silo));

        Assert.Null(Answer());
    }

    [Fact]
    public void Nothing_is_kept_without_a_lease()
    {
        Keep(_silo, version: 1);

        Assert.False(_copies.TryGet(_session, out _));
    }

    [Fact]
    public void Recalled_copy_is_dropped()
    {
        Grant(_silo);
        Keep(_silo, version: 1);

        _silo.Recall([new(_session, Below: 2)]);

        Assert.False(_copies.TryGet(_session, out _));
    }

    [Fact]
    public void Copy_that_arrives_after_its_recall_is_not_kept()
    {
        Grant(_silo);
        ClockReading asked = Now();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _silo.Recall([new(_session, Below: 2)]);

        _silo.Keep(_session, Standing(version: 1), asked);

        Assert.False(_copies.TryGet(_session, out _));
    }

    [Fact]
    public void Recall_of_one_silo_leaves_the_copy_of_another()
    {
        HeldSilo other = NewSilo();
        Grant(_silo);
        Grant(other);
        Keep(other, version: 1);

        _silo.Recall([new(_session, Below: 9)]);

        Assert.Equal(SessionStanding.Live, Answer());
    }

    [Fact]
    public void Grant_carries_out_its_recalls_before_it_counts()
    {
        Grant(_silo);
        Keep(_silo, version: 1);

        _silo.Take(new(s_rules.Length, [new(_session, Below: 2)]), Now());

        Assert.Null(Answer());
    }

    [Fact]
    public void Silo_that_is_not_renewed_any_more_is_closed_for_good()
    {
        Grant(_silo);
        Assert.False(_silo.CloseIfPassed(out _));
        _clock.Advance(s_rules.Length);
        Assert.True(_silo.CloseIfPassed(out bool hadPassed));
        Assert.True(hadPassed);

        Grant(_silo);
        Keep(_silo, version: 1);

        Assert.False(_copies.TryGet(_session, out _));
    }

    [Fact]
    public void Use_is_reported_once_a_minute()
    {
        Grant(_silo);
        Keep(_silo, version: 1);
        Assert.NotNull(Answer());
        Assert.Empty(_silo.TakeUsed(most: 10));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Grant(_silo);
        Keep(_silo, version: 1);
        _copies.TryGet(_session, out Copy? copy);
        copy!.Use(Now().Monotonic + TimeSpan.FromMinutes(1));
        copy.Use(Now().Monotonic + TimeSpan.FromMinutes(1));

        Assert.Same(copy, Assert.Single(_silo.TakeUsed(most: 10)));
    }

    private HeldSilo NewSilo() => new(Guid.NewGuid(), entry: null!, _copies, s_rules, _clock);

    private ClockReading Now() => _clock.Read();

    // Returns whether the lease before it had passed.
    private bool Grant(HeldSilo silo)
    {
        bool hadPassed = silo.Take(new(s_rules.Length, []), Now());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return hadPassed;
    }

    private void Keep(HeldSilo silo, long version) => silo.Keep(_session, Standing(version), Now());

    private SessionStanding? Answer() =>
        _copies.TryGet(_session, out Copy? copy)
            ? new CheckedToken(_session, _user, generation: 1).Remember(copy)?.Answer(_clock)
            : null;

    private LeasedStanding Standing(long version) =>
        new(version, _user, LeastGeneration: 0, [1], Restricted: false, TimeSpan.FromHours(1), []);
}
