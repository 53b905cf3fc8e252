using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>How a session starts, is used and ends.</summary>
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
    public void New_session_is_live_and_grants_tokens_of_the_first_generation()
    {
        Session session = New();

        Assert.True(session.IsLive(s_start));
        Assert.False(session.HasUnsavedActivity);
        Assert.False(session.MustEndReplaced);
        Assert.Equal(
            new SessionTokens(s_id, s_user, 1, s_start.AddDays(30), Persistent: true),
            session.Tokens()
        );
        Assert.Equal(s_start.AddDays(90), session.Saved.ExpiresAt);
        Assert.Equal(session, Session.Load(s_id, session.Saved, s_rules));
    }

    [Fact]
    public void Session_that_is_not_persistent_has_a_shorter_idle_timeout()
    {
        SessionTokens tokens = New(persistent: false).Tokens();

        Assert.False(tokens.Persistent);
        Assert.Equal(s_start.AddHours(24), tokens.ExpiresAt);
    }

    [Fact]
    public void Snapshot_shows_how_and_where_the_user_signed_in()
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

    [Fact(DisplayName = "S-18 Unused session ends exactly at the idle timeout")]
    public void Unused_session_ends_exactly_at_the_idle_timeout()
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

    [Fact(DisplayName = "S-18 No use extends a session past its absolute timeout")]
    public void No_use_extends_a_session_past_its_absolute_timeout()
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
    public void Check_with_the_users_own_token_counts_as_use_and_as_delivery()
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
    public void Check_with_a_clock_that_was_set_back_moves_nothing_back()
    {
        Session session = New().Check(s_user, 1, s_start.AddHours(1)).Next;

        Session next = session.Check(s_user, 1, s_start).Next;

        Assert.Equal(s_start.AddHours(1), next.LastSeenAt);
    }

    [Fact]
    public void Check_for_another_user_finds_nothing_and_changes_nothing()
    {
        Session session = New();

        (SessionStanding standing, Session next) = session.Check(s_other, 1, s_start.AddHours(1));

        Assert.Equal(SessionStanding.Unknown, standing);
        Assert.Equal(session, next);
    }

    [Fact]
    public void Check_of_a_restricted_session_says_so_and_counts_as_use()
    {
        (SessionStanding standing, Session next) = New(restricted: true)
            .Check(s_user, 1, s_start.AddHours(1));

        Assert.Equal(SessionStanding.Restricted, standing);
        Assert.Equal(s_start.AddHours(1), next.LastSeenAt);
        Assert.True(next.Tokens().Restricted);
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
    public void Refresh_stores_the_next_generation_and_the_clients_IP_address()
    {
        DateTimeOffset later = s_start.AddHours(1);

        SessionDecision<RefreshResult> decision = New().Refresh(1, "198.51.100.7", later);

        Assert.True(decision.MustStore);
        Assert.Empty(decision.Effects);
        Assert.Equal(
            new RefreshResult.Refreshed(
                new SessionTokens(s_id, s_user, 2, later.AddDays(30), Persistent: true)
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
    public void Same_token_within_the_grace_gets_the_same_generation_and_stores_nothing()
    {
        Session session = New().Refresh(1, "", s_start.AddHours(1)).Next;
        DateTimeOffset later = s_start.AddHours(1).AddSeconds(9);

        SessionDecision<RefreshResult> decision = session.Refresh(2, "", later);

        Assert.False(decision.MustStore);
        Assert.Equal(2, Assert.IsType<RefreshResult.Refreshed>(decision.Result).Tokens.Generation);
        Assert.Equal(later, decision.Next.LastSeenAt);
        Assert.Equal(session.Saved, decision.Next.Saved);
    }

    [Fact(DisplayName = "S-15 Superseded token is refused after the grace and changes nothing")]
    public void Superseded_token_is_refused_after_the_grace_and_changes_nothing()
    {
        Session session = Rotated(out DateTimeOffset superseded);

        SessionDecision<RefreshResult> decision = session.Refresh(1, "", superseded.AddSeconds(10));

        Assert.IsType<RefreshResult.Superseded>(decision.Result);
        Assert.False(decision.MustStore);
        Assert.Equal(session, decision.Next);
    }

    [Fact(
        DisplayName = "S-15 Token that was superseded long ago ends the session and reports reuse"
    )]
    public void Token_that_was_superseded_long_ago_ends_the_session_and_reports_reuse()
    {
        Session session = Rotated(out DateTimeOffset superseded);
        DateTimeOffset replayed = superseded.AddSeconds(130);

        SessionDecision<RefreshResult> decision = session.Refresh(1, "", replayed);

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
    public void Token_ahead_of_storage_is_rotated_and_reported()
    {
        SessionDecision<RefreshResult> decision = New().Refresh(7, "", s_start.AddHours(1));

        RefreshResult.RefreshedFromNewerToken result =
            Assert.IsType<RefreshResult.RefreshedFromNewerToken>(decision.Result);
        Assert.Equal((7, 1), (result.Presented, result.Newest));
        Assert.Equal(8, result.Tokens.Generation);
        Assert.Equal(8, decision.Next.Saved.Rotation.Generation);
        Assert.True(decision.MustStore);
    }

    [Fact(DisplayName = "S-36 Step-up records the proof and replaces the tokens")]
    public void Step_up_records_the_proof_and_replaces_the_tokens()
    {
        DateTimeOffset later = s_start.AddHours(1);
        SessionProof proof = new([AuthenticationMethod.Passkey]);

        SessionDecision<SessionTokens?> decision = New(restricted: true)
            .Prove(s_user, proof, later);

        Assert.True(decision.MustStore);
        Assert.Empty(decision.Effects);
        Assert.Equal((2L, false), (decision.Result!.Generation, decision.Result.Restricted));
        Assert.Equal(later.AddDays(30), decision.Result.ExpiresAt);
        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Equal((later, later), (seen.AuthenticatedAt, seen.LastSeenAt));
        Assert.Equal([AuthenticationMethod.Passkey], seen.Proof.Methods);
        Assert.Equal(SessionStanding.BeforeStepUp, decision.Next.Standing(s_user, 1, later));
        Assert.Equal(SessionStanding.Live, decision.Next.Standing(s_user, 2, later));
    }

    [Fact(DisplayName = "S-36 Tokens can be replaced without a new proof")]
    public void Tokens_can_be_replaced_without_a_new_proof()
    {
        DateTimeOffset later = s_start.AddHours(1);

        SessionDecision<SessionTokens?> decision = New(restricted: true)
            .Prove(s_user, proof: null, later);

        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Equal(s_start, seen.AuthenticatedAt);
        Assert.Equal([AuthenticationMethod.Password], seen.Proof.Methods);
        Assert.True(decision.Result!.Restricted);
        Assert.Equal(2, decision.Result.Generation);
        Assert.Equal(2, decision.Next.Saved.Rotation.LeastGeneration);
    }

    [Fact]
    public void Step_up_is_refused_for_another_user_and_after_the_end()
    {
        Session session = New();

        Assert.Null(session.Prove(s_other, s_password, s_start).Result);
        Assert.False(session.Prove(s_other, s_password, s_start).MustStore);
        Assert.Null(session.Prove(s_user, s_password, s_start.AddDays(30)).Result);
        Assert.False(session.Prove(s_user, s_password, s_start.AddDays(30)).MustStore);
    }

    [Fact(
        DisplayName = "S-36 Refresh token from before a step-up gets the tokens, but not the proof"
    )]
    public void Refresh_token_from_before_a_step_up_gets_the_tokens_but_not_the_proof()
    {
        SessionProof strong = new([AuthenticationMethod.Passkey]);
        Session session = New(restricted: true).Prove(s_user, strong, s_start).Next;
        DateTimeOffset later = s_start.AddSeconds(10);

        SessionDecision<RefreshResult> decision = session.Refresh(1, "", later);

        SessionTokens tokens = Assert.IsType<RefreshResult.Refreshed>(decision.Result).Tokens;
        Assert.Equal((2L, true), (tokens.Generation, tokens.Restricted));
        Assert.True(decision.MustStore);
        SessionSnapshot seen = decision.Next.Snapshot(later);
        Assert.Null(seen.AuthenticatedAt);
        Assert.Empty(seen.Proof.Methods);
        // Once it is forgotten, nothing more has to be stored.
        Assert.False(decision.Next.Refresh(1, "", later.AddSeconds(1)).MustStore);
    }

    [Fact]
    public void Sessions_that_a_step_up_unrestricted_are_restricted_again_when_no_proof_is_left()
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

        SessionDecision<RefreshResult> decision = opened.Refresh(1, "", s_start.AddSeconds(10));

        Assert.True(decision.MustStore);
        Assert.True(decision.Next.Saved.Restricted);
    }

    [Fact(DisplayName = "S-19 Revoked session has ended for every token and stays ended")]
    public void Revoked_session_has_ended_for_every_token_and_stays_ended()
    {
        DateTimeOffset revoked = s_start.AddHours(1);
        SessionDecision<bool> decision = New()
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
    public void Second_revocation_changes_nothing_and_the_first_reason_stays()
    {
        Session ended = New().Revoke(SessionEndReason.SignedOut, s_user, s_start).Next;

        SessionDecision<bool> again = ended.Revoke(
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
    public void Revoking_an_expired_session_stores_when_it_expired()
    {
        SessionDecision<bool> decision = New()
            .Revoke(SessionEndReason.RevokedByUser, s_user, s_start.AddDays(31));

        Assert.True(decision.MustStore);
        Assert.Equal([new SessionEffect.Ended(SessionEndReason.Expired)], decision.Effects);
        Assert.Equal(
            (s_start.AddDays(30), SessionEndReason.Expired),
            (decision.Next.Saved.RevokedAt!.Value, decision.Next.Saved.RevokeReason!.Value)
        );
    }

    [Fact(DisplayName = "S-21 Session of another user cannot be revoked")]
    public void Session_of_another_user_cannot_be_revoked()
    {
        Session session = New();

        SessionDecision<bool> decision = session.Revoke(
            SessionEndReason.RevokedByUser,
            s_other,
            s_start
        );

        Assert.False(decision.Result);
        Assert.False(decision.MustStore);
        Assert.Equal(session, decision.Next);
    }

    [Fact(DisplayName = "S-14 First use ends the replaced sessions; a sign-in alone does not")]
    public void First_use_ends_the_replaced_sessions_a_sign_in_alone_does_not()
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
        DisplayName = "S-14 Replaced sessions are remembered across writes until they have ended"
    )]
    public void Replaced_sessions_are_remembered_across_writes_until_they_have_ended()
    {
        SessionId replaced = SessionId.New();

        Session next = New(replaces: replaced).Refresh(1, "", s_start.AddHours(1)).Next;

        Assert.Equal([replaced.Value], next.Saved.Replaces);
        Assert.True(next.MustEndReplaced);
    }

    [Fact]
    public void Forgotten_device_is_unknown_and_has_no_IP_address() =>
        Assert.Equal(new("Unknown browser", "Unknown system", ""), ClientDevice.Removed);

    [Fact]
    public void Sign_out_with_a_token_ends_the_replaced_sessions_and_a_revocation_from_another_device_does_not()
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
        // Repeated because the replaced session could not be reached.
        Session ended = session.Revoke(SessionEndReason.SignedOut, owner: null, s_start).Next;
        Assert.Equal(
            [new SessionEffect.EndReplaced()],
            ended.Revoke(SessionEndReason.SignedOut, owner: null, s_start).Effects
        );
    }

    [Fact(DisplayName = "S-68 Device data of a session is removed unless it was used since")]
    public void Device_data_of_a_session_is_removed_unless_it_was_used_since()
    {
        Session session = New().Check(s_user, 1, s_start.AddHours(1)).Next;
        DateTimeOffset now = s_start.AddHours(2);

        Assert.False(session.RemoveDeviceData(s_user, s_start.AddHours(1), now).Result);
        Assert.False(session.RemoveDeviceData(s_user, s_start, now).MustStore);
        Assert.False(session.RemoveDeviceData(s_other, now, now).Result);
        SessionDecision<bool> decision = session.RemoveDeviceData(s_user, now, now);
        Assert.True(decision.Result);
        Assert.True(decision.MustStore);
        Assert.Equal(ClientDevice.Removed, decision.Next.Snapshot(now).Device);
        Assert.True(decision.Next.IsLive(now));
        Assert.False(decision.Next.HasUnsavedActivity);
        Assert.False(decision.Next.RemoveDeviceData(s_user, now, now).MustStore);
    }

    [Fact(DisplayName = "S-68 End of an expired session is stored when its device data is removed")]
    public void End_of_an_expired_session_is_stored_when_its_traces_are_removed()
    {
        DateTimeOffset now = s_start.AddDays(31);

        SessionDecision<bool> decision = New().RemoveDeviceData(s_user, s_start, now);

        Assert.True(decision.Result);
        Assert.Empty(decision.Effects);
        Assert.Equal(s_start.AddDays(30), decision.Next.Saved.RevokedAt);
        Assert.Equal(SessionEndReason.Expired, decision.Next.Saved.RevokeReason);
        Assert.Equal(ClientDevice.Removed, decision.Next.Saved.Device);
        // A session that ended before and has no device data needs no more work.
        Assert.False(decision.Next.RemoveDeviceData(s_user, now, now).MustStore);
    }

    [Fact]
    public void Use_is_saved_entirely_and_once()
    {
        Session used = New().Check(s_user, 1, s_start.AddHours(1)).Next;

        SessionDecision<bool> decision = used.SaveActivity();

        Assert.True(decision is { Result: true, MustStore: true });
        Assert.Equal(s_start.AddHours(1), decision.Next.Saved.LastSeenAt);
        Assert.Equal([new Delivery(1)], decision.Next.Saved.Rotation.Deliveries.Remembered);
        Assert.True(decision.Next.SaveActivity() is { Result: false, MustStore: false });
    }

    [Fact]
    public void Delivery_alone_is_worth_saving()
    {
        Session session = New().Check(s_user, 1, s_start).Next;

        Assert.Equal(session.Saved.LastSeenAt, session.LastSeenAt);
        Assert.True(session.HasUnsavedActivity);
    }

    [Fact]
    public void Use_during_a_write_is_kept()
    {
        Session session = New();
        Session next = session.Refresh(1, "", s_start.AddHours(1)).Next;
        session = session.Check(s_user, 1, s_start.AddHours(2)).Next;

        session = session.WithSaved(next.Saved);

        Assert.Equal(s_start.AddHours(2), session.LastSeenAt);
        Assert.Equal(2, session.Tokens().Generation);
        Assert.True(session.HasUnsavedActivity);
    }

    // Its second generation was first used at this time, after the first.
    private static Session Rotated(out DateTimeOffset superseded)
    {
        superseded = s_start.AddHours(2);
        return New().Refresh(1, "", s_start.AddHours(1)).Next.Check(s_user, 2, superseded).Next;
    }
}
