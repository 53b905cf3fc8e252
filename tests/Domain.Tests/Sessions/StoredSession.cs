using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>The outcome of a write.</summary>
public enum Writing
{
    Succeeds,

    /// <summary>Nothing is stored and memory is unchanged.</summary>
    Fails,

    /// <summary>Storage does not answer, and nothing else is written until it does.</summary>
    IsUnanswered,
}

/// <summary>An operation on a session.</summary>
public abstract record Operation
{
    /// <summary>Time passes, or the clock is set back.</summary>
    public sealed record Pause(int Seconds) : Operation;

    public sealed record Check(long Generation, bool IsOwner) : Operation;

    public sealed record Refresh(long Generation, Writing Writing) : Operation;

    public sealed record Prove(bool IsOwner, bool HasProof, Writing Writing) : Operation;

    public sealed record Revoke(
        SessionEndReason Reason,
        bool ByToken,
        bool IsOwner,
        Writing Writing
    ) : Operation;

    public sealed record RemoveDeviceData(int SecondsAgo, bool IsOwner, Writing Writing)
        : Operation;

    public sealed record SaveActivity(Writing Writing) : Operation;

    public sealed record EndReplaced : Operation;

    /// <summary>Storage answers the write that it did not answer before.</summary>
    public sealed record Settle : Operation;

    /// <summary>Memory is lost. An unanswered write may be stored or not.</summary>
    public sealed record Crash(bool UnansweredIsStored) : Operation;
}

/// <summary>A session in memory and in storage, with writes that may fail.</summary>
internal sealed class StoredSession
{
    public static readonly UserId Owner = UserId.New(DateTimeOffset.UnixEpoch);
    public static readonly UserId Other = UserId.New(DateTimeOffset.UnixEpoch);
    public static readonly SessionProof Proof = new([AuthenticationMethod.Passkey]);
    public static readonly SessionRules Rules = new(
        IdleTimeout: TimeSpan.FromDays(30),
        BriefIdleTimeout: TimeSpan.FromDays(1),
        AbsoluteTimeout: TimeSpan.FromDays(90),
        RefreshGrace: TimeSpan.FromSeconds(10)
    );

    private SessionState? _unanswered;

    public StoredSession()
    {
        Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Latest = Now;
        Memory = Session.Begin(
            SessionId.New(),
            new(
                Owner,
                new("Firefox 130", "Linux", "192.0.2.1"),
                Persistent: true,
                new([AuthenticationMethod.Password], Restricted: true),
                [SessionId.New()]
            ),
            Rules,
            Now
        );
        Stored = Memory.Saved;
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The latest time so far.</summary>
    public DateTimeOffset Latest { get; private set; }

    public Session Memory { get; private set; }

    public SessionState Stored { get; private set; }

    public void Play(Operation operation)
    {
        switch (operation)
        {
            case Operation.Pause pause:
                Now += TimeSpan.FromSeconds(pause.Seconds);
                Latest = Now > Latest ? Now : Latest;
                break;
            case Operation.Check check:
                Memory = Memory.Check(User(check.IsOwner), check.Generation, Now).Next;
                break;
            case Operation.Refresh refresh:
                Commit(Memory.Refresh(refresh.Generation, "198.51.100.7", Now), refresh.Writing);
                break;
            case Operation.Prove prove:
                Commit(
                    Memory.Prove(User(prove.IsOwner), prove.HasProof ? Proof : null, Now),
                    prove.Writing
                );
                break;
            case Operation.Revoke revoke:
                Commit(
                    Memory.Revoke(revoke.Reason, revoke.ByToken ? null : User(revoke.IsOwner), Now),
                    revoke.Writing
                );
                break;
            case Operation.RemoveDeviceData remove:
                Commit(
                    Memory.RemoveDeviceData(
                        User(remove.IsOwner),
                        Now - TimeSpan.FromSeconds(remove.SecondsAgo),
                        Now
                    ),
                    remove.Writing
                );
                break;
            case Operation.SaveActivity save:
                Commit(Memory.SaveActivity(), save.Writing);
                break;
            case Operation.EndReplaced:
                Memory = Memory.WithReplacedEnded();
                break;
            case Operation.Settle:
                Settle();
                break;
            case Operation.Crash crash:
                if (crash.UnansweredIsStored)
                    Settle();
                _unanswered = null;
                Memory = Session.Load(Memory.Id, Stored, Rules);
                break;
        }
    }

    private static UserId User(bool isOwner) => isOwner ? Owner : Other;

    private void Commit<TResult>(SessionDecision<TResult> decision, Writing writing)
    {
        // While a write has an unknown outcome, only checks are answered.
        if (_unanswered is not null)
            return;

        if (!decision.MustStore)
            Assert.Equal(Memory.Saved, decision.Next.Saved);
        Memory = Memory with { Activity = decision.Next.Activity };
        if (!decision.MustStore || writing == Writing.Fails)
            return;

        _unanswered = decision.Next.Saved;
        if (writing == Writing.Succeeds)
            Settle();
    }

    private void Settle()
    {
        if (_unanswered is not { } saved)
            return;

        Stored = saved;
        Memory = Memory.WithSaved(saved);
        _unanswered = null;
    }
}
