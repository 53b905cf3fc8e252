using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The silos: what becomes of them, and what they answer to holders.</remarks>
internal sealed partial class LeaseCourse
{
    private ClockReading Now(CourseSilo silo) => silo.Clock.Read(_real);

    private bool IsOpen(CourseSilo silo) =>
        silo is { Runs: true, IsLeaving: false } && !silo.Fence.HasPassed(Now(silo));

    private bool StartSilo()
    {
        if (_silos.Count == MostSilos)
            return false;
        CourseSilo silo = new(NewClock(), _sessions.Length);
        silo.Fence = LeaseDeadline.After(Now(silo), _fence);
        foreach (CourseSilo dead in _silos.Where(other => other.IsDeclared))
            silo.DeadSince[dead] = Now(silo).Monotonic;
        _silos.Add(silo);
        return true;
    }

    private bool Confirm()
    {
        foreach (CourseSilo silo in _silos)
        {
            if (silo is { Runs: true, IsLeaving: false, IsDeclared: false })
                silo.Fence = silo.Fence.OrLater(LeaseDeadline.After(Now(silo), _fence));
        }
        return true;
    }

    private bool Declare(CourseSilo silo)
    {
        if (silo.IsDeclared || silo.HasLeft)
            return false;
        silo.IsDeclared = true;
        foreach (CourseSilo other in _silos)
            other.DeadSince[silo] = Now(other).Monotonic;
        return true;
    }

    private static bool Crash(CourseSilo silo)
    {
        bool ran = silo is { HasCrashed: false, HasLeft: false };
        silo.HasCrashed |= ran;
        return ran;
    }

    private static bool LeaveCluster(CourseSilo silo)
    {
        bool leaves = silo is { Runs: true, IsLeaving: false };
        silo.IsLeaving |= leaves;
        return leaves;
    }

    private bool WaitForLease(CourseSilo silo, CourseHolder holder) =>
        silo.Granted.TryGetValue(holder.Id, out GrantedLease? granted)
        && WaitUntil(silo.Clock.RealAt(granted.Until, _real));

    private bool WaitForHold(CourseSilo silo) =>
        silo.DeadSince.Count > 0
        && WaitUntil(silo.Clock.RealAt(silo.DeadSince.Values.Max() + _hold, _real));

    private bool ForgetHolder(CourseSilo silo, CourseHolder holder) =>
        silo.Runs
        && silo.Granted.TryGetValue(holder.Id, out GrantedLease? granted)
        && Now(silo).Monotonic >= granted.Until
        && silo.Granted.Remove(holder.Id);

    private void Receive(CourseSilo silo, CourseMessage message)
    {
        if (!silo.Runs)
            return;
        HolderId holder = message.Holder;
        switch (message)
        {
            case CourseMessage.Question question:
                Answer(silo, question);
                break;
            case CourseMessage.Renewal renewal when !silo.IsLeaving:
                Grant(silo, renewal);
                break;
            case CourseMessage.Acknowledgement acknowledged
                when silo.Granted.TryGetValue(holder, out GrantedLease? granted):
                silo.Granted[holder] = granted.Acknowledge(acknowledged.Recalls);
                break;
            case CourseMessage.Return:
                silo.Granted.Remove(holder);
                break;
        }
    }

    private void Answer(CourseSilo silo, CourseMessage.Question question)
    {
        if (Called(silo, question.Session) is not { } active)
            return;
        (bool mayKeep, active.Holders) = active.Holders.Register(question.Holder);
        if (!mayKeep || !PlayedSession.IsLeased(active.IsRevoked))
            return;
        _messages.Add(
            new CourseMessage.Answer(
                silo,
                question.Holder,
                question.Session,
                question.Asked,
                s_standing with
                {
                    Version = active.Holders.Version,
                }
            )
        );
    }

    private void Grant(CourseSilo silo, CourseMessage.Renewal renewal)
    {
        ClockReading now = Now(silo);
        TimeSpan byMonotonic = silo.Fence.At.Monotonic - now.Monotonic;
        TimeSpan byWall = silo.Fence.At.Wall - now.Wall;
        (GrantedLease next, LeaseGrant? grant) = silo
            .Granted.GetValueOrDefault(renewal.Holder, GrantedLease.None)
            .Grant(now.Monotonic, byMonotonic < byWall ? byMonotonic : byWall, _rules);
        if (grant is null)
            return;
        silo.Granted[renewal.Holder] = next;
        _messages.Add(new CourseMessage.Grant(silo, renewal.Holder, renewal.Asked, grant));
    }
}
