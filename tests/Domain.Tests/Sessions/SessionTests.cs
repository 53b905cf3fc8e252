using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>How a session begins, is used and ends.</summary>
public sealed class SessionTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionId s_id = SessionId.New();
    private static readonly UserId s_user = UserId.New(s_start);
    private static readonly UserId s_other = UserId.New(s_start);
    private static readonly ClientDevice s_device = new("Firefox 130", "Linux", "192.0.2.1");
    private static readonly SessionProof s_password = new([AuthenticationMethod.Password]);
    private static readonly SessionRules s_rules = new(
        IdleTimeout: TimeSpan.FromDays(30),
        BriefIdleTimeout: TimeSpan.FromHours(24),
        AbsoluteTimeout: TimeSpan.FromDays(90),
        RefreshGrace: TimeSpan.FromSeconds(10)
    );

    private static Session New(
        bool persistent = true,
        bool restricted = false,
        params SessionId[] replaces
    ) =>
        Session.Begin(
            s_id,
            new(
                s_user,
                s_device,
                persistent,
                s_password with
                {
                    Restricted = restricted,
                },
                replaces
            ),
            s_rules,
            s_start
        );

    [Fact]
    public void A_new_session_is_live_and_grants_tokens_of_the_first_generation()
    {
        Session session = New();

        Assert.True(session.IsLive(s_start));
        Assert.False(session.HasUnsavedActivity);
        Assert.False(session.MustEndReplaced);
        Assert.Equal(
            new SessionGrant(s_id, s_user, 1, s_start.AddDays(30), Persistent: true),
            session.Grant()
        );
        Assert.Equal(s_start.AddDays(90), session.Saved.ExpiresAt);
        Assert.Equal(session, Session.Load(s_id, session.Saved, s_rules));
    }

    [Fact]
    public void A_session_that_is_not_remembered_has_a_shorter_idle_timeout()
    {
        SessionGrant grant = New(persistent: false).Grant();

        Assert.False(grant.Persistent);
        Assert.Equal(s_start.AddHours(24), grant.ExpiresAt);
    }

    [Fact]
    public void Others_see_where_and_how_its_user_signed_in()
    {
        SessionSnapshot seen = New(restricted: true).Snapshot(s_start);

        Assert.Equal((s_id, s_user, s_device), (seen.Id, seen.User, seen.Device));
        Assert.Equal((s_start, s_start), (seen.CreatedAt, seen.LastSeenAt));
        Assert.Equal(s_start.AddDays(30), seen.ExpiresAt);
        Assert.Null(seen.EndedAt);
        Assert.Null(seen.EndReason);
        Assert.Equal(s_start, seen.AuthenticatedAt);
        Assert.Equal([AuthenticationMethod.Password], seen.Proof.Methods);
        Assert.True(seen.Proof.Restricted);
    }

    [Fact(
        DisplayName = "S-18 A session that is not used ends with the idle timeout, at that moment"
    )]
    public void An_idle_session_ends()
    {
        Session session = New();
        DateTimeOffset end = s_start.AddDays(30);

        Assert.True(session.IsLive(end.AddTicks(-1)));
        Assert.Equal(new SessionEnd(end, SessionEndReason.Expired), session.End(end));
        Assert.Equal(SessionStanding.Ended, session.Standing(s_user, 1, end));
        Assert.IsType<RefreshResult.NotLive>(session.Refresh(1, "", end).Result);
        Assert.Equal(end, session.Snapshot(end.AddDays(1)).EndedAt);
        Assert.Equal(SessionEndReason.Expired, session.Snapshot(end.AddDays(1)).EndReason);
    }

    [Fact(DisplayName = "S-18 No use takes a session past its absolute timeout")]
    public void No_use_takes_a_session_past_its_absolute_timeout()
    {
        Session session = New();
        DateTimeOffset now = s_start;
        for (int day = 0; day < 90; day += 10)
        {
            now = s_start.AddDays(day);
            session = session.Check(s_user, 1, now).Next;
        }

        Assert.Equal(s_start.AddDays(90), session.ExpiresAt);
        Assert.True(session.IsLive(s_start.AddDays(90).AddTicks(-1)));
        Assert.False(session.IsLive(s_start.AddDays(90)));
    }

    [Fact]
    public void A_check_of_the_users_own_token_counts_as_use_and_as_delivery()
    {
        DateTimeOffset later = s_start.AddHours(1);

        (SessionStanding standing, Session next) = New().Check(s_user, 1, later);

        Assert.Equal(SessionStanding.Live, standing);
        Assert.Equal(later, next.LastSeenAt);
        Assert.Equal(later.AddDays(30), next.ExpiresAt);
        Assert.Equal([new Delivery(1)], next.Activity.Deliveries.Remembered);
        Assert.True(next.HasUnsavedActivity);
    }

    [Fact]
    public void A_check_by_a_clock_that_was_set_back_moves_nothing_back()
    {
        Session session = New().Check(s_user, 1, s_start.AddHours(1)).Next;

        Session next = session.Check(s_user, 1, s_start).Next;

        Assert.Equal(s_start.AddHours(1), next.LastSeenAt);
    }

    [Fact]
    public void A_check_for_another_user_finds_nothing_and_changes_nothing()
    {
        Session session = New();

        (SessionStanding standing, Session next) = session.Check(s_other, 1, s_start.AddHours(1));

        Assert.Equal(SessionStanding.Unknown, standing);
        Assert.Equal(session, next);
    }

    [Fact]
    public void A_restricted_session_says_so_and_is_used_by_a_check()
    {
        (SessionStanding standing, Session next) = New(restricted: true)
            .Check(s_user, 1, s_start.AddHours(1));

        Assert.Equal(SessionStanding.Restricted, standing);
        Assert.Equal(s_start.AddHours(1), next.LastSeenAt);
        Assert.True(next.Grant().Restricted);
    }

    [Fact]
    public void Checks_allocate_nothing()
    {
        Session session = New().Check(s_user, 1, s_start).Next;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            session = session.Check(s_user, 1, s_start.AddSeconds(i)).Next;

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(s_start.AddSeconds(999), session.LastSeenAt);
    }

    [Fact]
    public void A_refresh_stores_the_next_generation_and_the_clients_address()
    {
        DateTimeOffset later = s_start.AddHours(1);

        Decision<Session, SessionEffect, RefreshResult> decision = New()
            .Refresh(1, "198.51.100.7", later);

        Assert.True(decision.MustStore);
        Assert.Empty(decision.Effects);
        Assert.Equal(
            new RefreshResult.Refreshed(
                new SessionGrant(s_id, s_user, 2, later.AddDays(30), Persistent: true)
            ),
            decision.Result
        );
        SessionState saved = decision.Next.Saved;
        Assert.Equal((2L, later), (saved.Rotation.Generation, saved.Rotation.RotatedAt!.Value));
        Assert.Equal(s_device with { Ip = "198.51.100.7" }, saved.Device);
        Assert.Equal(later, saved.LastSeenAt);
        Assert.Equal([new Delivery(1)], saved.Rotation.Deliveries.Remembered);
        Assert.False(decision.Next.HasUnsavedActivity);
    }

    [Fact]
    public void The_same_token_within_the_grace_brings_the_same_generation_and_stores_nothing()
    {
        Session session = New().Refresh(1, "", s_start.AddHours(1)).Next;
        DateTimeOffset later = s_start.AddHours(1).AddSeconds(9);

        Decision<Session, SessionEffect, RefreshResult> decision = session.Refresh(2, "", later);

        Assert.False(decision.MustStore);
        Assert.Equal(2, Assert.IsType<RefreshResult.Refreshed>(decision.Result).Grant.Generation);
        Assert.Equal(later, decision.Next.LastSeenAt);
        Assert.Equal(session.Saved, decision.Next.Saved);
    }

    [Fact(
        DisplayName = "S-15 A token that was superseded is held up after the grace, and changes nothing"
    )]
    public void A_superseded_token_is_held_up()
    {
        Session session = Rotated(out DateTimeOffset superseded);

        Decision<Session, SessionEffect, RefreshResult> decision = session.Refresh(
            1,
            "",
            superseded.AddSeconds(10)
        );

        Assert.IsType<RefreshResult.HeldUp>(decision.Result);
        Assert.False(decision.MustStore);
        Assert.Equal(session, decision.Next);
    }

    [Fact(
        DisplayName = "S-15 A token that was superseded long ago ends the session, which is told"
    )]
    public void A_replayed_token_ends_the_session()
    {
        Session session = Rotated(out DateTimeOffset superseded);
        DateTimeOffset replayed = superseded.AddSeconds(130);

        Decision<Session, SessionEffect, RefreshResult> decision = session.Refresh(1, "", replayed);

        Assert.Equal(new RefreshResult.Replayed(Presented: 1, Newest: 2), decision.Result);
        Assert.True(decision.MustStore);
        Assert.Equal(
            [new SessionEffect.Ended(SessionEndReason.RefreshTokenReuse)],
            decision.Effects
        );
        Assert.Equal(
            new SessionEnd(replayed, SessionEndReason.RefreshTokenReuse),
            decision.Next.End(replayed)
        );
        Assert.Equal(superseded, decision.Next.LastSeenAt);
    }

    [Fact]
    public void A_token_that_is_newer_than_what_is_stored_is_rotated_and_reported()
    {
        Decision<Session, SessionEffect, RefreshResult> decision = New()
            .Refresh(7, "", s_start.AddHours(1));

        RefreshResult.RefreshedFromNewerToken result =
            Assert.IsType<RefreshResult.RefreshedFromNewerToken>(decision.Result);
        Assert.Equal((7, 1), (result.Presented, result.Newest));
        Assert.Equal(8, result.Grant.Generation);
        Assert.Equal(8, decision.Next.Saved.Rotation.Generation);
        Assert.True(decision.MustStore);
    }

    [Fact(DisplayName = "S-36 A step-up records the proof, and replaces the tokens")]
    public void A_step_up_records_the_proof()
    {
        DateTimeOffset later = s_start.AddHours(1);
        SessionProof proof = new([AuthenticationMethod.Passkey]);

        Decision<Session, SessionEffect, SessionGrant?> decision = New(restricted: true)
            .Prove(s_user, proof, later);

        Assert.True(decision.MustStore);
        Assert.Empty(decision.Effects);
        Assert.Equal((2L, false), (decision.Result!.Generation, decision.Result.Restricted));
        Assert.Equal(later.AddDays(30), decision.Result.ExpiresAt);
        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Equal((later, later), (seen.AuthenticatedAt, seen.LastSeenAt));
        Assert.Equal([AuthenticationMethod.Passkey], seen.Proof.Methods);
        Assert.Equal(SessionStanding.Superseded, decision.Next.Standing(s_user, 1, later));
        Assert.Equal(SessionStanding.Live, decision.Next.Standing(s_user, 2, later));
    }

    [Fact(DisplayName = "S-36 Tokens can be replaced without a new proof")]
    public void Tokens_can_be_replaced_without_a_new_proof()
    {
        DateTimeOffset later = s_start.AddHours(1);

        Decision<Session, SessionEffect, SessionGrant?> decision = New(restricted: true)
            .Prove(s_user, proof: null, later);

        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Equal(s_start, seen.AuthenticatedAt);
        Assert.Equal([AuthenticationMethod.Password], seen.Proof.Methods);
        Assert.True(decision.Result!.Restricted);
        Assert.Equal(2, decision.Result.Generation);
        Assert.Equal(2, decision.Next.Saved.Rotation.LeastGeneration);
    }

    [Fact]
    public void Neither_another_user_nor_anybody_after_its_end_can_step_up()
    {
        Session session = New();

        Assert.Null(session.Prove(s_other, s_password, s_start).Result);
        Assert.False(session.Prove(s_other, s_password, s_start).MustStore);
        Assert.Null(session.Prove(s_user, s_password, s_start.AddDays(30)).Result);
        Assert.False(session.Prove(s_user, s_password, s_start.AddDays(30)).MustStore);
    }

    [Fact(
        DisplayName = "S-36 A refresh token from before a step-up brings the tokens, but not the proof"
    )]
    public void A_token_from_before_a_step_up_brings_no_proof()
    {
        SessionProof strong = new([AuthenticationMethod.Passkey]);
        Session session = New(restricted: true).Prove(s_user, strong, s_start).Next;
        DateTimeOffset later = s_start.AddSeconds(10);

        Decision<Session, SessionEffect, RefreshResult> decision = session.Refresh(1, "", later);

        SessionGrant grant = Assert.IsType<RefreshResult.Refreshed>(decision.Result).Grant;
        Assert.Equal((2L, true), (grant.Generation, grant.Restricted));
        Assert.True(decision.MustStore);
        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Null(seen.AuthenticatedAt);
        Assert.Empty(seen.Proof.Methods);
        // Once it is gone, nothing has to be stored for it.
        Assert.False(decision.Next.Refresh(1, "", later.AddSeconds(1)).MustStore);
    }

    [Fact]
    public void What_a_step_up_has_opened_is_closed_again_even_when_no_proof_is_left()
    {
        Session opened = New();
        opened = opened.WithSaved(
            opened.Saved with
            {
                AuthenticatedAt = null,
                RestrictedBefore = true,
                Rotation = opened.Saved.Rotation.AdvanceAndRetire(s_start),
            }
        );

        Decision<Session, SessionEffect, RefreshResult> decision = opened.Refresh(
            1,
            "",
            s_start.AddSeconds(10)
        );

        Assert.True(decision.MustStore);
        Assert.True(decision.Next.Saved.Restricted);
    }

    [Fact(DisplayName = "S-19 A revoked session has ended for every token, and stays so")]
    public void A_revoked_session_has_ended()
    {
        DateTimeOffset revoked = s_start.AddHours(1);
        Decision<Session, SessionEffect, bool> decision = New()
            .Revoke(SessionEndReason.RevokedByUser, s_user, revoked);

        Assert.True(decision.Result);
        Assert.True(decision.MustStore);
        Assert.Equal([new SessionEffect.Ended(SessionEndReason.RevokedByUser)], decision.Effects);
        Session ended = decision.Next;
        Assert.Equal(SessionStanding.Ended, ended.Standing(s_user, 1, revoked));
        Assert.Equal(SessionStanding.Ended, ended.Standing(s_user, 1, s_start));
        Assert.IsType<RefreshResult.NotLive>(ended.Refresh(1, "", revoked).Result);
        Assert.False(ended.HasUnsavedActivity);
    }

    [Fact]
    public void Revoking_again_changes_nothing_and_the_first_reason_stays()
    {
        Session ended = New().Revoke(SessionEndReason.SignedOut, s_user, s_start).Next;

        Decision<Session, SessionEffect, bool> again = ended.Revoke(
            SessionEndReason.PasswordChanged,
            s_user,
            s_start.AddHours(1)
        );

        Assert.True(again.Result);
        Assert.False(again.MustStore);
        Assert.Empty(again.Effects);
        Assert.Equal(
            new SessionEnd(s_start, SessionEndReason.SignedOut),
            again.Next.End(s_start.AddDays(90))
        );
    }

    [Fact]
    public void Revoking_what_has_expired_stores_when_it_expired()
    {
        Decision<Session, SessionEffect, bool> decision = New()
            .Revoke(SessionEndReason.RevokedByUser, s_user, s_start.AddDays(31));

        Assert.True(decision.MustStore);
        Assert.Equal([new SessionEffect.Ended(SessionEndReason.Expired)], decision.Effects);
        Assert.Equal(
            (s_start.AddDays(30), SessionEndReason.Expired),
            (decision.Next.Saved.RevokedAt!.Value, decision.Next.Saved.RevokeReason!.Value)
        );
    }

    [Fact(DisplayName = "S-21 Nobody else's session can be revoked")]
    public void Nobody_elses_session_can_be_revoked()
    {
        Session session = New();

        Decision<Session, SessionEffect, bool> decision = session.Revoke(
            SessionEndReason.RevokedByUser,
            s_other,
            s_start
        );

        Assert.False(decision.Result);
        Assert.False(decision.MustStore);
        Assert.Equal(session, decision.Next);
    }

    [Fact(
        DisplayName = "S-14 The first use ends the sessions that are replaced; a sign-in alone does not"
    )]
    public void The_first_use_ends_the_replaced_sessions()
    {
        Session session = New(replaces: SessionId.New());

        Assert.True(session.MustEndReplaced);
        Assert.Equal(
            [new SessionEffect.EndReplacedInBackground()],
            session.Refresh(1, "", s_start).Effects
        );
        Session used = session.WithReplacedEnded();
        Assert.False(used.MustEndReplaced);
        Assert.True(used.HasUnsavedActivity);
        Assert.Empty(used.Refresh(1, "", s_start).Effects);
        Assert.Empty(used.SaveActivity().Next.Saved.Replaces);
    }

    [Fact(
        DisplayName = "S-14 The replaced sessions are remembered over writes until they have ended"
    )]
    public void The_replaced_sessions_are_remembered_until_they_have_ended()
    {
        SessionId replaced = SessionId.New();

        Session next = New(replaces: replaced).Refresh(1, "", s_start.AddHours(1)).Next;

        Assert.Equal([replaced.Value], next.Saved.Replaces);
        Assert.True(next.MustEndReplaced);
    }

    [Fact]
    public void A_sign_out_by_a_token_ends_the_replaced_sessions_too_and_one_from_elsewhere_does_not()
    {
        Session session = New(replaces: SessionId.New());

        Assert.Equal(
            [new SessionEffect.Ended(SessionEndReason.SignedOut), new SessionEffect.EndReplaced()],
            session.Revoke(SessionEndReason.SignedOut, owner: null, s_start).Effects
        );
        Assert.Equal(
            [new SessionEffect.Ended(SessionEndReason.RevokedByUser)],
            session.Revoke(SessionEndReason.RevokedByUser, s_user, s_start).Effects
        );
        // Repeated because the replaced one could not be reached.
        Session ended = session.Revoke(SessionEndReason.SignedOut, owner: null, s_start).Next;
        Assert.Equal(
            [new SessionEffect.EndReplaced()],
            ended.Revoke(SessionEndReason.SignedOut, owner: null, s_start).Effects
        );
    }

    [Fact(DisplayName = "S-68 Where a session was used is forgotten, unless it was used since")]
    public void Traces_are_forgotten()
    {
        Session session = New().Check(s_user, 1, s_start.AddHours(1)).Next;
        DateTimeOffset now = s_start.AddHours(2);

        Assert.False(session.ForgetTraces(s_user, s_start.AddHours(1), now).Result);
        Assert.False(session.ForgetTraces(s_user, s_start, now).MustStore);
        Assert.False(session.ForgetTraces(s_other, now, now).Result);
        Decision<Session, SessionEffect, bool> decision = session.ForgetTraces(s_user, now, now);
        Assert.True(decision.Result);
        Assert.True(decision.MustStore);
        Assert.Equal(ClientDevice.Forgotten, decision.Next.Snapshot(now).Device);
        Assert.True(decision.Next.IsLive(now));
        Assert.False(decision.Next.HasUnsavedActivity);
        Assert.False(decision.Next.ForgetTraces(s_user, now, now).MustStore);
    }

    [Fact(DisplayName = "S-68 With the traces of a session that has expired, its end is stored")]
    public void The_end_of_an_expired_session_is_stored_with_its_traces()
    {
        DateTimeOffset now = s_start.AddDays(31);

        Decision<Session, SessionEffect, bool> decision = New().ForgetTraces(s_user, s_start, now);

        Assert.True(decision.Result);
        Assert.Empty(decision.Effects);
        Assert.Equal(s_start.AddDays(30), decision.Next.Saved.RevokedAt);
        Assert.Equal(SessionEndReason.Expired, decision.Next.Saved.RevokeReason);
        Assert.Equal(ClientDevice.Forgotten, decision.Next.Saved.Device);
        // A session that ended before and has forgotten already is done with.
        Assert.False(decision.Next.ForgetTraces(s_user, now, now).MustStore);
    }

    [Fact]
    public void Use_is_saved_whole_and_once()
    {
        Session used = New().Check(s_user, 1, s_start.AddHours(1)).Next;

        Decision<Session, SessionEffect, bool> decision = used.SaveActivity();

        Assert.True(decision is { Result: true, MustStore: true });
        Assert.Equal(s_start.AddHours(1), decision.Next.Saved.LastSeenAt);
        Assert.Equal([new Delivery(1)], decision.Next.Saved.Rotation.Deliveries.Remembered);
        Assert.True(decision.Next.SaveActivity() is { Result: false, MustStore: false });
    }

    [Fact]
    public void A_delivery_alone_is_worth_saving()
    {
        Session session = New().Check(s_user, 1, s_start).Next;

        Assert.Equal(session.Saved.LastSeenAt, session.LastSeenAt);
        Assert.True(session.HasUnsavedActivity);
    }

    [Fact]
    public void What_is_learnt_while_a_write_is_under_way_is_kept()
    {
        Session session = New();
        Session next = session.Refresh(1, "", s_start.AddHours(1)).Next;
        session = session.Check(s_user, 1, s_start.AddHours(2)).Next;

        session = session.WithSaved(next.Saved);

        Assert.Equal(s_start.AddHours(2), session.LastSeenAt);
        Assert.Equal(2, session.Grant().Generation);
        Assert.True(session.HasUnsavedActivity);
    }

    // Its second generation has come back at this time, after the first.
    private static Session Rotated(out DateTimeOffset superseded)
    {
        superseded = s_start.AddHours(2);
        return New().Refresh(1, "", s_start.AddHours(1)).Next.Check(s_user, 2, superseded).Next;
    }
}
