using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What a browser asks for.</summary>
public enum Request
{
    Check,
    Refresh,
    StepUp,
}

/// <summary>What goes wrong while a request is served.</summary>
public enum Fault
{
    None,
    DiesBeforeTheFirstWrite,
    DiesAfterTheFirstWrite,
    DiesBeforeTheSecondWrite,
    DiesAfterTheSecondWrite,
    DiesBeforeTheAnswer,

    /// <summary>The write fails, and nothing of it is stored.</summary>
    FirstWriteFails,
    SecondWriteFails,

    /// <summary>Storage does not answer the write. It is repeated until it is known to be stored.</summary>
    FirstWriteIsUnanswered,
    SecondWriteIsUnanswered,
}

/// <summary>Something that happens to a session.</summary>
public abstract record Happening
{
    /// <summary>Time passes.</summary>
    public sealed record Pause(int Seconds) : Happening;

    /// <summary>A tab sends a request with the cookies that the browser has.</summary>
    public sealed record Sent(Request Request) : Happening;

    /// <summary>A request arrives, and something may go wrong. One that is repeated arrives again later.</summary>
    public sealed record Served(int Which, Fault Fault, bool IsRepeated) : Happening;

    /// <summary>An answer arrives, maybe before earlier ones, or never.</summary>
    public sealed record Answered(int Which, bool IsLost) : Happening;

    /// <summary>What its use has taught is stored, and the session may leave memory after that.</summary>
    public sealed record ActivitySaved(bool LeavesMemory) : Happening;

    /// <summary>A write that was unanswered is known to be stored.</summary>
    public sealed record Settled : Happening;

    /// <summary>The node dies. A write that was unanswered may be stored, or not.</summary>
    public sealed record Killed(bool UnansweredIsStored) : Happening;
}

/// <summary>
/// A session's life through the product's own rules: what is in memory and in storage, an honest browser with any number
/// of tabs, and all that is under way between them.
/// </summary>
internal sealed class Life
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestHeldUp = Rotation.LongestHeldUp;

    private static readonly TimeSpan s_accessToken = TimeSpan.FromMinutes(15);
    private static readonly SessionId s_id = SessionId.New();
    private static readonly UserId s_user = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly SessionProof s_proof = new([AuthenticationMethod.Password]);
    private static readonly SessionRules s_rules = new(
        IdleTimeout: TimeSpan.FromDays(4000),
        BriefIdleTimeout: TimeSpan.FromDays(4000),
        AbsoluteTimeout: TimeSpan.FromDays(4000),
        RefreshGrace: Grace
    );

    private readonly List<Sending> _requests = [];
    private readonly List<Cookies> _answers = [];
    private SessionState _stored;
    private Session _memory;
    private (SessionState State, History History)? _unanswered;
    private History _history = new();
    private History _storedHistory = new();
    private long _used;

    public Life()
    {
        Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _memory = Session.Begin(
            s_id,
            new(s_user, ClientDevice.Forgotten, Persistent: true, s_proof),
            s_rules,
            Now
        );
        _stored = _memory.Saved;
        Jar = new(1, Now);
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The cookies that the browser has.</summary>
    public Cookies Jar { get; private set; }

    public bool IsLive => _memory.IsLive(Now);

    /// <summary>How many requests were answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Since when a generation is superseded, as far as a crash has not made it forgotten.</summary>
    public DateTimeOffset? SupersededAt(long generation) => _history.SupersededAt(generation);

    public void Play(Happening happening)
    {
        switch (happening)
        {
            case Happening.Pause pause:
                Pass(TimeSpan.FromSeconds(pause.Seconds));
                break;
            case Happening.Sent sent:
                _used = Math.Max(_used, Jar.Generation);
                _requests.Add(new(sent.Request, Jar, Now));
                break;
            case Happening.Served served when _requests.Count > 0:
                Serve(served);
                break;
            case Happening.Answered answered when _answers.Count > 0:
                Arrive(answered);
                break;
            case Happening.ActivitySaved saved when _unanswered is null:
                Decision<Session, SessionEffect, bool> decision = _memory.SaveActivity();
                if (decision.MustStore)
                    Write(decision.Next);
                if (saved.LeavesMemory)
                    _memory = Loaded();
                break;
            case Happening.Settled:
                Settle();
                break;
            case Happening.Killed killed:
                if (killed.UnansweredIsStored)
                    Settle();
                Die();
                break;
        }
    }

    /// <summary>Time passes. What is under way for longer than assumed has been given up.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        _requests.RemoveAll(request => Now - request.SentAt > LongestHeldUp);
        _answers.RemoveAll(answer => Now - answer.MadeAt > LongestHeldUp);
    }

    /// <summary>Storage has answered the write that it did not answer before.</summary>
    public void Settle()
    {
        if (_unanswered is not { } unanswered)
            return;

        (_stored, _storedHistory) = unanswered;
        _memory = _memory.WithSaved(unanswered.State);
        _unanswered = null;
    }

    /// <summary>Spends a refresh token of this generation, as the browser does or a thief.</summary>
    public RefreshResult Spend(long generation)
    {
        Decision<Session, SessionEffect, RefreshResult> decision = _memory.Refresh(
            generation,
            "",
            Now
        );
        if (decision.Result is RefreshResult.Refreshed or RefreshResult.RefreshedFromNewerToken)
            CameBack(generation);
        _memory = _memory with { Activity = decision.Next.Activity };
        if (decision.MustStore)
            Write(decision.Next);
        return decision.Result;
    }

    private void Serve(Happening.Served served)
    {
        int which = served.Which % _requests.Count;
        Sending request = _requests[which];
        if (!served.IsRepeated)
            _requests.RemoveAt(which);

        int writes = 0;
        Cookies? answer = Handle(request, served.Fault, ref writes);
        if (answer is not null && served.Fault != Fault.DiesBeforeTheAnswer)
            _answers.Add(answer);
        if (
            served.Fault
            is Fault.DiesBeforeTheFirstWrite
                or Fault.DiesAfterTheFirstWrite
                or Fault.DiesBeforeTheSecondWrite
                or Fault.DiesAfterTheSecondWrite
                or Fault.DiesBeforeTheAnswer
        )
            Die();
    }

    // What the front end and the grain do with a request: null when it fails, or there are no new cookies.
    private Cookies? Handle(Sending request, Fault fault, ref int writes)
    {
        bool isCurrent = Now - request.Cookies.MadeAt < s_accessToken;
        bool advanced = false;
        long generation = request.Cookies.Generation;
        if (request.Request != Request.Refresh && isCurrent && IsGood(generation))
        {
            CameBack(generation);
        }
        else
        {
            if (_unanswered is not null)
                return null;
            Decision<Session, SessionEffect, RefreshResult> decision = _memory.Refresh(
                generation,
                "",
                Now
            );
            if (decision.Result is RefreshResult.HeldUp)
                return null;
            Assert.IsType<RefreshResult.Refreshed>(decision.Result);
            CameBack(generation);
            _memory = _memory with { Activity = decision.Next.Activity };
            if (decision.MustStore && !Survives(decision.Next, fault, ref writes))
                return null;
            // No token brings a proof that was made after it.
            Assert.True(
                generation >= _stored.Rotation.LeastGeneration || _stored.AuthenticatedAt is null
            );
            advanced = true;
        }

        if (request.Request == Request.StepUp)
        {
            if (_unanswered is not null)
                return null;
            Decision<Session, SessionEffect, SessionGrant?> proved = _memory.Prove(
                s_user,
                s_proof,
                Now
            );
            Assert.NotNull(proved.Result);
            if (!Survives(proved.Next, fault, ref writes))
                return null;
            advanced = true;
        }

        Answers++;
        return advanced ? new(_memory.Grant().Generation, Now) : null;
    }

    private bool IsGood(long generation)
    {
        (SessionStanding standing, _memory) = _memory.Check(s_user, generation, Now);
        return standing == SessionStanding.Live;
    }

    private bool Survives(Session next, Fault fault, ref int writes)
    {
        writes++;
        Fault before = writes == 1 ? Fault.DiesBeforeTheFirstWrite : Fault.DiesBeforeTheSecondWrite;
        Fault after = writes == 1 ? Fault.DiesAfterTheFirstWrite : Fault.DiesAfterTheSecondWrite;
        Fault fails = writes == 1 ? Fault.FirstWriteFails : Fault.SecondWriteFails;
        Fault unanswered =
            writes == 1 ? Fault.FirstWriteIsUnanswered : Fault.SecondWriteIsUnanswered;
        if (fault == unanswered)
            _unanswered = (next.Saved, _history);
        else if (fault != before && fault != fails)
            Write(next);
        return fault != before && fault != after && fault != fails && fault != unanswered;
    }

    private void Arrive(Happening.Answered answered)
    {
        int which = answered.Which % _answers.Count;
        Cookies answer = _answers[which];
        _answers.RemoveAt(which);
        // The limit: cookies that are set after the browser has used newer ones.
        if (!answered.IsLost && answer.Generation >= _used)
            Jar = answer;
    }

    private void CameBack(long generation) => _history = _history.CameBack(generation, Now);

    private void Write(Session next)
    {
        _stored = next.Saved;
        _memory = _memory.WithSaved(next.Saved);
        _storedHistory = _history;
    }

    private void Die()
    {
        _unanswered = null;
        _memory = Loaded();
        _history = _storedHistory;
    }

    private Session Loaded() => Session.Load(s_id, _stored, s_rules);

    /// <summary>The cookies of one answer.</summary>
    public sealed record Cookies(long Generation, DateTimeOffset MadeAt);

    private sealed record Sending(Request Request, Cookies Cookies, DateTimeOffset SentAt);

    // Said as simply as the design says it, and without an end to what is remembered.
    private sealed class History
    {
        private readonly Dictionary<long, DateTimeOffset?> _known = [];

        public DateTimeOffset? SupersededAt(long generation) =>
            _known.GetValueOrDefault(generation);

        public History CameBack(long generation, DateTimeOffset now)
        {
            History next = new();
            foreach ((long known, DateTimeOffset? supersededAt) in _known)
                next._known[known] = known < generation ? supersededAt ?? now : supersededAt;
            next._known.TryAdd(generation, null);
            return next;
        }
    }
}
