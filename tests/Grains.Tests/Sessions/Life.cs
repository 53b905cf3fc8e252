using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>What a browser asks for.</summary>
public enum Request
{
    Check,
    Refresh,
    StepUp,
}

/// <summary>When the node dies over a request.</summary>
public enum Death
{
    No,
    BeforeTheFirstWrite,
    AfterTheFirstWrite,
    BeforeTheSecondWrite,
    AfterTheSecondWrite,
    BeforeTheAnswer,
}

/// <summary>Something that happens to a session.</summary>
public abstract record Happening
{
    /// <summary>Time passes.</summary>
    public sealed record Pause(int Seconds) : Happening;

    /// <summary>A tab sends a request with the cookies that the browser has.</summary>
    public sealed record Sent(Request Request) : Happening;

    /// <summary>A request arrives, and the node may die over it. One that is repeated arrives again later.</summary>
    public sealed record Served(int Which, Death Death, bool IsRepeated) : Happening;

    /// <summary>An answer arrives, maybe before earlier ones, or never.</summary>
    public sealed record Answered(int Which, bool IsLost) : Happening;

    /// <summary>What checks have taught is stored by the way, and the session may leave memory after that.</summary>
    public sealed record WrittenByTheWay(bool LeavesMemory) : Happening;

    /// <summary>The node dies.</summary>
    public sealed record Killed : Happening;
}

/// <summary>
/// A session's life through the product's own types: what its activation knows, what is stored, an honest browser with
/// any number of tabs, and all that is under way between them.
/// </summary>
internal sealed class Life
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestHeldUp = Rotation.LongestHeldUp;

    private static readonly TimeSpan s_accessToken = TimeSpan.FromMinutes(15);
    private static readonly SessionId s_id = SessionId.New();
    private static readonly string s_user = People.NewUser().Value;

    private readonly List<Sending> _requests = [];
    private readonly List<Cookies> _answers = [];
    private SessionState _stored;
    private KnownSession _memory;
    private History _history = new();
    private History _storedHistory = new();
    private long _used;

    public Life()
    {
        Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _stored = new()
        {
            UserId = s_user,
            CreatedAt = Now,
            LastSeenAt = Now,
            ExpiresAt = Now + TimeSpan.FromDays(4000),
            IdleTimeout = TimeSpan.FromDays(4000),
            ProvedAt = Now,
            ProvedBy = [AuthenticationMethod.Password],
        };
        _memory = Loaded();
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
            case Happening.WrittenByTheWay written:
                if (_memory.IsAhead)
                    Write(_memory.Learnt());
                if (written.LeavesMemory)
                    _memory = Loaded();
                break;
            case Happening.Killed:
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

    /// <summary>Spends a refresh token of this generation, as the browser does or a thief.</summary>
    public RefreshDecision Spend(long generation)
    {
        (RefreshDecision decision, SessionState? next) = _memory.Refresh(generation, "", Now);
        if (decision is not (RefreshDecision.HeldUp or RefreshDecision.Reuse))
            CameBack(generation);
        if (next is not null)
            Write(next);
        return decision;
    }

    private void Serve(Happening.Served served)
    {
        int which = served.Which % _requests.Count;
        Sending request = _requests[which];
        if (!served.IsRepeated)
            _requests.RemoveAt(which);

        int writes = 0;
        if (Handle(request, served.Death, ref writes) is { } answer && served.Death == Death.No)
            _answers.Add(answer);
        if (served.Death != Death.No)
            Die();
    }

    // What the front end and the grain do with a request: null when they die over it, or there are no new cookies.
    private Cookies? Handle(Sending request, Death death, ref int writes)
    {
        bool isCurrent = Now - request.Cookies.MadeAt < s_accessToken;
        bool advanced = false;
        long generation = request.Cookies.Generation;
        if (
            request.Request != Request.Refresh
            && isCurrent
            && _memory.Check(generation, Now) == SessionStanding.Live
        )
        {
            CameBack(generation);
        }
        else
        {
            (RefreshDecision decision, SessionState? next) = _memory.Refresh(generation, "", Now);
            Assert.NotEqual(RefreshDecision.Reuse, decision);
            Assert.NotEqual(RefreshDecision.RotateFromToken, decision);
            if (decision == RefreshDecision.HeldUp)
                return null;
            CameBack(generation);
            if (next is not null && !Survives(next, death, ref writes))
                return null;
            // No token brings a proof that was made after it.
            Assert.True(generation >= _stored.Rotation.LeastGeneration || !_stored.HasProof);
            advanced = true;
        }

        if (request.Request == Request.StepUp)
        {
            SessionProof proof = new([AuthenticationMethod.Password]);
            if (!Survives(_memory.Proved(proof, Now), death, ref writes))
                return null;
            advanced = true;
        }

        Answers++;
        return advanced ? new(_memory.Grant().Generation, Now) : null;
    }

    private bool Survives(SessionState next, Death death, ref int writes)
    {
        writes++;
        Death before = writes == 1 ? Death.BeforeTheFirstWrite : Death.BeforeTheSecondWrite;
        Death after = writes == 1 ? Death.AfterTheFirstWrite : Death.AfterTheSecondWrite;
        if (death != before)
            Write(next);
        return death != before && death != after;
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

    private void Write(SessionState next)
    {
        _stored = next;
        _memory.Keep(next);
        _storedHistory = _history;
    }

    private void Die()
    {
        _memory = Loaded();
        _history = _storedHistory;
    }

    private KnownSession Loaded() => new(s_id, _stored, Grace);

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
