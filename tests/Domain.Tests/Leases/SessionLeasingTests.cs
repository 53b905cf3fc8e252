using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>What of a session holders may answer from.</summary>
public sealed class SessionLeasingTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId s_user = UserId.New(s_start);
    private static readonly SessionRules s_rules = new(
        IdleTimeout: TimeSpan.FromHours(5),
        BriefIdleTimeout: TimeSpan.FromHours(1),
        AbsoluteTimeout: TimeSpan.FromHours(8),
        RefreshGrace: TimeSpan.FromSeconds(10)
    );

    private static Session New(bool restricted = false, params SessionId[] replaces) =>
        Session.Begin(
            SessionId.New(),
            new(
                s_user,
                ClientDevice.Removed,
                Persistent: true,
                new([AuthenticationMethod.Password], restricted),
                replaces
            ),
            s_rules,
            s_start
        );

    private static DateTimeOffset At(double hours) => s_start.AddHours(hours);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Holders_are_told_what_a_check_depends_on(bool restricted)
    {
        Session session = New(restricted).Check(s_user, 1, s_start).Next;

        LeasedStanding leased = session.Lease(version: 7, At(1))!;

        Assert.Equal(7, leased.Version);
        Assert.Equal(s_user, leased.User);
        Assert.Equal(0, leased.LeastGeneration);
        Assert.Equal([1], leased.Delivered);
        Assert.Equal(restricted, leased.Restricted);
        Assert.Equal(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(2), leased.UsableFor);
    }

    [Fact]
    public void Holders_are_told_of_a_greater_least_generation()
    {
        Session session = New().Prove(s_user, proof: null, s_start).Next;

        Assert.Equal(2, session.Lease(version: 7, s_start)!.LeastGeneration);
    }

    [Fact]
    public void A_generation_that_has_not_come_back_is_left_to_the_session() =>
        Assert.Empty(New().Lease(version: 7, s_start)!.Delivered);

    [Fact]
    public void A_copy_is_never_usable_after_the_session_has_expired()
    {
        Session session = New().Check(s_user, 1, At(4)).Next.Check(s_user, 1, At(6)).Next;

        Assert.Equal(TimeSpan.FromHours(1), session.Lease(version: 7, At(7))!.UsableFor);
        Assert.Null(session.Lease(version: 7, At(8)));
    }

    [Fact]
    public void A_session_that_is_about_to_expire_unused_is_asked_for_each_check()
    {
        TimeSpan usable = TimeSpan.FromHours(5) - Session.LeasingEndsBeforeIdleTimeout;

        Assert.Null(New().Lease(version: 7, s_start + usable));
        Assert.Equal(
            TimeSpan.FromTicks(1),
            New().Lease(version: 7, s_start + usable - TimeSpan.FromTicks(1))!.UsableFor
        );
    }

    [Fact]
    public void A_revoked_session_is_asked_for_each_check() =>
        Assert.Null(Revoked(New()).Lease(version: 7, s_start));

    [Fact]
    public void A_session_that_ends_others_with_its_first_use_is_asked_for_each_check()
    {
        Session session = New(restricted: false, SessionId.New());

        Assert.Null(session.Lease(version: 7, s_start));
        Assert.NotNull(session.WithReplacedEnded().Lease(version: 7, s_start));
    }

    [Fact]
    public void A_change_that_checks_do_not_depend_on_leaves_copies_as_they_are()
    {
        Session session = New();
        SessionState used = session.Check(s_user, 1, At(1)).Next.SaveActivity().Next.Saved;
        SessionState longer = session.Saved with
        {
            ExpiresAt = session.Saved.ExpiresAt.AddHours(1),
            IdleTimeout = session.Saved.IdleTimeout + TimeSpan.FromHours(1),
        };

        Assert.NotEqual(session.Saved, used);
        Assert.False(session.VoidsCopies(session.Saved));
        Assert.False(session.VoidsCopies(used));
        Assert.False(session.VoidsCopies(longer));
    }

    [Fact]
    public void A_revocation_voids_copies_once()
    {
        Session session = New();
        Session revoked = Revoked(session);

        Assert.True(session.VoidsCopies(revoked.Saved));
        Assert.False(revoked.VoidsCopies(revoked.Saved));
    }

    [Fact]
    public void Another_least_generation_voids_copies()
    {
        Session session = New();

        Assert.True(session.VoidsCopies(session.Prove(s_user, proof: null, s_start).Next.Saved));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restriction_that_comes_or_goes_voids_copies(bool restricted)
    {
        Session session = New(restricted);

        Assert.True(session.VoidsCopies(session.Saved with { Restricted = !restricted }));
    }

    [Fact]
    public void An_earlier_end_voids_copies()
    {
        Session session = New();
        TimeSpan tick = TimeSpan.FromTicks(1);

        Assert.True(
            session.VoidsCopies(session.Saved with { ExpiresAt = session.Saved.ExpiresAt - tick })
        );
        Assert.True(
            session.VoidsCopies(
                session.Saved with
                {
                    IdleTimeout = session.Saved.IdleTimeout - tick,
                }
            )
        );
    }

    [Fact]
    public void A_use_that_a_holder_reports_moves_the_idle_end()
    {
        Session used = New().UsedAt(At(1), now: At(2));

        Assert.Equal(At(1), used.LastSeenAt);
        Assert.True(used.HasUnsavedActivity);
    }

    [Fact]
    public void A_use_in_the_future_counts_as_of_now() =>
        Assert.Equal(At(2), New().UsedAt(At(3), now: At(2)).LastSeenAt);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_use_that_is_no_later_than_the_last_one_changes_nothing(double hours) =>
        Assert.Equal(s_start, New().UsedAt(At(hours), now: At(2)).LastSeenAt);

    [Fact]
    public void A_session_that_has_expired_is_not_revived() =>
        Assert.Equal(s_start, New().UsedAt(At(4), now: At(5)).LastSeenAt);

    [Fact]
    public void A_revoked_session_is_not_used_any_more() =>
        Assert.Equal(s_start, Revoked(New()).UsedAt(At(1), now: At(2)).LastSeenAt);

    [Fact]
    public void A_use_that_was_reported_before_the_session_would_have_expired_counts_when_it_is_recorded_later() =>
        Assert.Equal(At(4), New().UsedBefore(At(4), now: At(6)).LastSeenAt);

    [Fact]
    public void A_use_that_was_reported_in_the_future_counts_as_of_now() =>
        Assert.Equal(At(2), New().UsedBefore(At(3), now: At(2)).LastSeenAt);

    [Fact]
    public void A_use_after_the_end_of_the_session_does_not_count_when_it_is_recorded() =>
        Assert.Equal(s_start, New().UsedBefore(At(5), now: At(6)).LastSeenAt);

    [Fact]
    public void A_use_that_was_reported_of_a_revoked_session_does_not_count() =>
        Assert.Equal(s_start, Revoked(New()).UsedBefore(At(1), now: At(2)).LastSeenAt);

    private static Session Revoked(Session session) =>
        session.Revoke(SessionEndReason.SignedOut, s_user, s_start).Next;
}
