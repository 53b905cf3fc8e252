using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>A request of the browser.</summary>
public enum Request
{
    Check,
    Refresh,
    StepUp,
}

/// <summary>A failure while a request is served.</summary>
public enum Fault
{
    None,
    DiesBeforeTheFirstWrite,
    DiesAfterTheFirstWrite,
    DiesBeforeTheSecondWrite,
    DiesAfterTheSecondWrite,
    DiesBeforeTheAnswer,

    /// <summary>The write fails and nothing is stored.</summary>
    FirstWriteFails,
    SecondWriteFails,

    /// <summary>Storage does not answer the write, which is repeated until it is known to be stored.</summary>
    FirstWriteIsUnanswered,
    SecondWriteIsUnanswered,
}

/// <summary>An event in the history of a session.</summary>
public abstract record SessionEvent
{
    public sealed record Pause(int Seconds) : SessionEvent;

    /// <summary>A tab sends a request with the browser's current cookies.</summary>
    public sealed record Sent(Request Request) : SessionEvent;

    /// <summary>A request arrives, perhaps with a failure. A repeated one arrives again later.</summary>
    public sealed record Served(int Which, Fault Fault, bool IsRepeated) : SessionEvent;

    /// <summary>An answer arrives, perhaps before earlier ones, or is lost.</summary>
    public sealed record Answered(int Which, bool IsLost) : SessionEvent;

    /// <summary>Write-behind stores the last use, and the session may be deactivated afterwards.</summary>
    public sealed record ActivitySaved(bool LeavesMemory) : SessionEvent;

    /// <summary>An unanswered write is now known to be stored.</summary>
    public sealed record Settled : SessionEvent;

    /// <summary>The node is killed. An unanswered write may be stored or not.</summary>
    public sealed record Killed(bool UnansweredIsStored) : SessionEvent;
}

/// <summary>
/// Simulates a session with the product's own rules: its state in memory and in storage, an honest browser with any
/// number of tabs, and the requests and answers between them.
/// </summary>
internal sealed class SessionSimulation
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestDelay = Rotation.LongestDelay;

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

    public SessionSimulation()
    {
        Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _memory = Session.Begin(
            s_id,
            new(s_user, ClientDevice.Removed, Persistent: true, s_proof),
            s_rules,
            Now
        );
        _stored = _memory.Saved;
        Jar = new(1, Now);
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The browser's cookies.</summary>
    public Cookies Jar { get; private set; }

    public bool IsLive => _memory.IsLive(Now);

    /// <summary>The number of answered requests.</summary>
    public int Answers { get; private set; }

    /// <summary>When a generation was superseded, unless a crash lost that.</summary>
    public DateTimeOffset? SupersededAt(long generation) => _history.SupersededAt(generation);

    public void Play(SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case SessionEvent.Pause pause:
                Pass(TimeSpan.FromSeconds(pause.Seconds));
                break;
            case SessionEvent.Sent sent:
                _used = Math.Max(_used, Jar.Generation);
                _requests.Add(new(sent.Request, Jar, Now));
                break;
            case SessionEvent.Served served when _requests.Count > 0:
                Serve(served);
                break;
            case SessionEvent.Answered answered when _answers.Count > 0:
                Arrive(answered);
                break;
            case SessionEvent.ActivitySaved saved when _unanswered is null:
                SessionDecision<bool> decision = _memory.SaveActivity();
                if (decision.MustStore)
                    Write(decision.Next);
                if (saved.LeavesMemory)
                    _memory = Loaded();
                break;
            case SessionEvent.Settled:
                Settle();
                break;
            case SessionEvent.Killed killed:
                if (killed.UnansweredIsStored)
                    Settle();
                Die();
                break;
        }
    }

    /// <summary>Time passes. Requests that take longer than assumed are dropped.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        _requests.RemoveAll(request => Now - request.SentAt > LongestDelay);
        _answers.RemoveAll(answer => Now - answer.MadeAt > LongestDelay);
    }

    /// <summary>Storage answers the write that it did not answer before.</summary>
    public void Settle()
    {
        if (_unanswered is not { } unanswered)
            return;

        (_stored, _storedHistory) = unanswered;
        _memory = _memory.WithSaved(unanswered.State);
        _unanswered = null;
    }

    /// <summary>Uses a refresh token of this generation, as the browser or a thief does.</summary>
    public RefreshResult Spend(long generation)
    {
        SessionDecision<RefreshResult> decision = _memory.Refresh(generation, "", Now);
        if (decision.Result is RefreshResult.Refreshed or RefreshResult.RefreshedFromNewerToken)
            Presented(generation);
        _memory = _memory with { Activity = decision.Next.Activity };
        if (decision.MustStore)
            Write(decision.Next);
        return decision.Result;
    }

    private void Serve(SessionEvent.Served served)
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

    // The front end and the grain handle a request: null when it fails or sets no cookies.
    private Cookies? Handle(Sending request, Fault fault, ref int writes)
    {
        bool isCurrent = Now - request.Cookies.MadeAt < s_accessToken;
        bool advanced = false;
        long generation = request.Cookies.Generation;
        if (request.Request != Request.Refresh && isCurrent && IsGood(generation))
        {
            Presented(generation);
        }
        else
        {
            if (_unanswered is not null)
                return null;
            SessionDecision<RefreshResult> decision = _memory.Refresh(generation, "", Now);
            if (decision.Result is RefreshResult.Superseded)
                return null;
            Assert.IsType<RefreshResult.Refreshed>(decision.Result);
            Presented(generation);
            _memory = _memory with { Activity = decision.Next.Activity };
            if (decision.MustStore && !Survives(decision.Next, fault, ref writes))
                return null;
            // A token never gets a proof that was made after it.
            Assert.True(
                generation >= _stored.Rotation.LeastGeneration || _stored.AuthenticatedAt is null
            );
            advanced = true;
        }

        if (request.Request == Request.StepUp)
        {
            if (_unanswered is not null)
                return null;
            SessionDecision<SessionTokens?> proved = _memory.Prove(s_user, s_proof, Now);
            Assert.NotNull(proved.Result);
            if (!Survives(proved.Next, fault, ref writes))
                return null;
            advanced = true;
        }

        Answers++;
        return advanced ? new(_memory.Tokens().Generation, Now) : null;
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

    private void Arrive(SessionEvent.Answered answered)
    {
        int which = answered.Which % _answers.Count;
        Cookies answer = _answers[which];
        _answers.RemoveAt(which);
        // The limit of the promise: cookies that are set after the browser has used newer ones.
        if (!answered.IsLost && answer.Generation >= _used)
            Jar = answer;
    }

    private void Presented(long generation) => _history = _history.Presented(generation, Now);

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

    // The rule in its simplest form, with unbounded memory.
    private sealed class History
    {
        private readonly Dictionary<long, DateTimeOffset?> _known = [];

        public DateTimeOffset? SupersededAt(long generation) =>
            _known.GetValueOrDefault(generation);

        public History Presented(long generation, DateTimeOffset now)
        {
            History next = new();
            foreach ((long known, DateTimeOffset? supersededAt) in _known)
                next._known[known] = known < generation ? supersededAt ?? now : supersededAt;
            next._known.TryAdd(generation, null);
            return next;
        }
    }
}
