using System.Globalization;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>
/// One long course of events with several silos, holders and sessions, each machine with clocks of its own. Looked for is
/// what a <see cref="LeaseWorld"/> is searched for. A step that cannot happen does nothing.
/// </summary>
internal sealed partial class LeaseCourse
{
    public const long Second = TimeSpan.TicksPerSecond;

    private const int MostSilos = 5;
    private const int ClockDriftMillionths = 10_000;

    private static readonly LeasedStanding s_standing = PlayedSession.Live.Lease(
        1,
        PlayedSession.Begins
    )!;

    private readonly LeaseRules _rules;
    private readonly TimeSpan _fence;

    // In half of the courses all machines go on and all silos remain.
    private readonly bool _mayFail;
    private readonly TimeSpan _hold;
    private readonly List<CourseSilo> _silos = [];
    private readonly CourseHolder[] _holders;
    private readonly CourseSession[] _sessions;
    private readonly List<CourseMessage> _messages = [];
    private readonly List<string>? _log;
    private Dice _clocks;
    private int _holderIds;
    private long _real;
    private string? _failure;

    /// <param name="seed">Says how many of each there are, and how their clocks go.</param>
    /// <param name="log">Receives a line for each step that happens.</param>
    public LeaseCourse(ulong seed, List<string>? log = null)
    {
        _log = log;
        _clocks = new(~seed);
        _rules = new(
            Length: TimeSpan.FromSeconds(10),
            ClockDrift: ClockDriftMillionths / 1e6,
            QuestionLifetime: TimeSpan.FromSeconds(1 + _clocks.Next(4)),
            MostTombstones: 1 + _clocks.Next(3)
        );
        _fence = TimeSpan.FromSeconds(6 + _clocks.Next(7));
        _hold = _fence * (1 + _rules.ClockDrift);
        _mayFail = _clocks.Next(2) == 0;
        int silos = 1 + _clocks.Next(3);
        _holders = new CourseHolder[1 + _clocks.Next(2)];
        _sessions = new CourseSession[1 + _clocks.Next(3)];
        for (int i = 0; i < silos; i++)
            StartSilo();
        for (int i = 0; i < _holders.Length; i++)
            _holders[i] = new(NextHolderId(), NewClock(), _sessions.Length);
        for (int i = 0; i < _sessions.Length; i++)
            _sessions[i] = new(SessionId.New());
    }

    /// <summary>How many revocations were answered that holders had copies of.</summary>
    public int Recalled { get; private set; }

    /// <summary>How many sessions were activated on a second silo while the first one was dead.</summary>
    public int TakenOver { get; private set; }

    /// <summary>How many checks were answered from a copy.</summary>
    public int Accepted { get; private set; }

    /// <summary>Plays steps until one fails.</summary>
    /// <returns>What must not have happened; null when nothing has.</returns>
    public string? FindFailure(IReadOnlyList<CourseStep> steps)
    {
        for (int i = 0; i < steps.Count && _failure is null; i++)
        {
            Play(steps[i]);
            Observe();
        }
        if (_failure is not null)
            _log?.Add(_failure);
        return _failure;
    }

    private void Play(CourseStep step)
    {
        CourseSilo silo = _silos[step.A % _silos.Count];
        CourseHolder holder = _holders[step.B % _holders.Length];
        int session = step.C % _sessions.Length;
        bool happened = step.Action switch
        {
            CourseAction.Wait => WaitUntil(_real + Second / 10 * (step.A % 20)),
            CourseAction.WaitForLease => WaitForLease(silo, holder),
            CourseAction.WaitForHold => WaitForHold(silo),
            CourseAction.Confirm => Confirm(),
            CourseAction.Declare
            or CourseAction.Crash
            or CourseAction.LeaveCluster
            or CourseAction.Suspend when !_mayFail => false,
            CourseAction.Declare => Declare(silo),
            CourseAction.Crash => Crash(silo),
            CourseAction.LeaveCluster => LeaveCluster(silo),
            CourseAction.StartSilo => StartSilo(),
            CourseAction.Ask => Ask(Near(silo, session, step), holder, session),
            CourseAction.Renew => Renew(holder),
            CourseAction.DeliverNewest => Deliver(_messages.Count - 1),
            CourseAction.Deliver => Deliver(step.A % Math.Max(1, _messages.Count)),
            CourseAction.DeliverAll => DeliverAll(),
            CourseAction.Lose => Lose(step.A % Math.Max(1, _messages.Count)),
            CourseAction.Revoke => Revoke(Near(silo, session, step), session),
            CourseAction.Write => Write(silo, session),
            CourseAction.FailWrite => FailWrite(silo, session),
            CourseAction.WriteWithoutAnswer => WriteWithoutAnswer(silo, session),
            CourseAction.WriteActivity => WriteActivity(silo, session),
            CourseAction.SendRecalls => SendRecalls(silo, session),
            CourseAction.LeaveSilo => LeaveSilo(silo, session),
            CourseAction.ForgetHolder => ForgetHolder(silo, holder),
            CourseAction.Suspend => Suspend(Clock(step)),
            CourseAction.Resume => Resume(),
            CourseAction.SetWallClock => Clock(step).Jump(Second / 5 * (step.C - 30)),
            CourseAction.RestartHolder => Restart(step.B % _holders.Length),
            CourseAction.BeginCheck => BeginCheck(holder, session),
            CourseAction.ReadLease => ReadLease(holder),
            CourseAction.EndCheck => EndCheck(holder),
        };
        if (happened)
            Log(step, silo, holder, session);
    }

    // What can be asked or finished at any time is asked and finished after each step.
    private void Observe()
    {
        foreach (CourseSilo silo in _silos)
            FinishWhatCanBe(silo);
        for (int session = 0; session < _sessions.Length; session++)
        {
            foreach (CourseSilo silo in _silos)
                CallDirectly(silo, session);
            if (!_sessions[session].MustBeRefused)
                continue;
            foreach (CourseHolder holder in _holders)
                CheckAtOnce(holder, session);
        }
    }

    private bool WaitUntil(long real)
    {
        bool passes = real > _real;
        _real = Math.Max(real, _real);
        return passes;
    }

    private MachineClock Clock(CourseStep step)
    {
        int machine = step.A % (_silos.Count + _holders.Length);
        return machine < _silos.Count
            ? _silos[machine].Clock
            : _holders[machine - _silos.Count].Clock;
    }

    private bool Suspend(MachineClock clock)
    {
        bool runs = !clock.IsSuspended;
        clock.Suspend(_real);
        return runs;
    }

    private bool Resume()
    {
        foreach (CourseSilo silo in _silos)
            silo.Clock.Resume(_real);
        foreach (CourseHolder holder in _holders)
            holder.Clock.Resume(_real);
        return true;
    }

    // Calls are led to where the session is active, or by one that does not know anywhere.
    private CourseSilo Near(CourseSilo silo, int session, CourseStep step) =>
        step.A % 4 == 0
            ? silo
            : _silos.Find(other => other.Activations[session] is not null && IsOpen(other)) ?? silo;

    // What is sent because of it is under way after it.
    private bool DeliverAll()
    {
        int count = _messages.Count;
        int skipped = 0;
        for (int i = 0; i < count; i++)
            skipped += Deliver(skipped) ? 0 : 1;
        return skipped < count;
    }

    private MachineClock NewClock()
    {
        int fasterBy = _clocks.Next(3) switch
        {
            0 => 0,
            1 => ClockDriftMillionths,
            _ => _clocks.Next(ClockDriftMillionths),
        };
        return new(fasterBy, stopsWhenSuspended: _clocks.Next(2) == 0);
    }

    private HolderId NextHolderId() => new(new(++_holderIds, 0, 0, new byte[8]));

    private bool Deliver(int index)
    {
        if (index < 0 || index >= _messages.Count)
            return false;
        CourseMessage message = _messages[index];
        CourseHolder? holder = Array.Find(_holders, holder => holder.Id == message.Holder);
        bool isForSilo = message is CourseMessage.ToSilo;
        MachineClock? receiver = isForSilo ? message.Silo.Clock : holder?.Clock;
        if (receiver is null || receiver.IsSuspended)
            return false;
        _messages.RemoveAt(index);
        if (isForSilo)
            Receive(message.Silo, message);
        else
            Receive(holder!, message);
        return true;
    }

    private bool Lose(int index)
    {
        if (index >= _messages.Count)
            return false;
        _messages.RemoveAt(index);
        return true;
    }

    private void Log(CourseStep step, CourseSilo silo, CourseHolder holder, int session) =>
        _log?.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_real / (double)Second, 8:0.000} s  {step} (silo {_silos.IndexOf(silo)}, holder {Array.IndexOf(_holders, holder)}, session {session}; under way: {string.Join(", ", _messages.Select(message => message.GetType().Name))})"
            )
        );
}
