using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The holders, and the checks that they answer.</remarks>
internal sealed partial class LeaseCourse
{
    private ClockReading Now(CourseHolder holder) => holder.Clock.Read(_real);

    private bool Ask(CourseSilo silo, CourseHolder holder, int session)
    {
        if (holder.Clock.IsSuspended)
            return false;
        _messages.Add(new CourseMessage.Question(silo, holder.Id, session, Now(holder)));
        return true;
    }

    private bool Renew(CourseHolder holder)
    {
        if (holder.Clock.IsSuspended)
            return false;
        foreach (
            CourseSilo silo in _silos.Where(silo => silo is { HasCrashed: false, HasLeft: false })
        )
            _messages.Add(new CourseMessage.Renewal(silo, holder.Id, Now(holder)));
        return true;
    }

    private bool Restart(int index)
    {
        CourseHolder old = _holders[index];
        if (old.Clock.IsSuspended)
            return false;
        _holders[index] = new(NextHolderId(), old.Clock, _sessions.Length);
        foreach (CourseSilo silo in _silos)
            _messages.Add(new CourseMessage.Return(silo, old.Id));
        return true;
    }

    private void Receive(CourseHolder holder, CourseMessage message)
    {
        CourseSilo silo = message.Silo;
        HeldLease? held = holder.Leases.GetValueOrDefault(silo);
        ClockReading now = Now(holder);
        switch (message)
        {
            case CourseMessage.Answer answer when held is not null:
                if (
                    held.Keep(
                        _sessions[answer.Session].Id,
                        answer.Standing,
                        answer.Asked,
                        now,
                        _rules
                    ) is
                    { } kept
                )
                    holder.Copies[answer.Session] = new(silo, kept);
                break;
            case CourseMessage.Grant grant:
                Drop(holder, silo, grant.Granted.Recalls);
                held = HeldLease.Take(held, grant.Granted, grant.Asked, now, _rules);
                if (held is not null)
                    holder.Leases[silo] = held;
                Acknowledge(holder, silo, grant.Granted.Recalls);
                break;
            case CourseMessage.Recall recall:
                StandingRecall[] recalls = [recall.Recalled];
                Drop(holder, silo, recalls);
                if (held is not null)
                    holder.Leases[silo] = held.Recall(recalls, now, _rules);
                Acknowledge(holder, silo, recalls);
                break;
        }
    }

    private void Drop(CourseHolder holder, CourseSilo silo, IReadOnlyList<StandingRecall> recalls)
    {
        foreach (StandingRecall recall in recalls)
        {
            int session = Array.FindIndex(_sessions, session => session.Id == recall.Session);
            CourseCopy? copy = holder.Copies[session];
            if (copy?.Silo == silo && copy.Kept.Standing.Version < recall.Below)
                holder.Copies[session] = null;
        }
    }

    private void Acknowledge(
        CourseHolder holder,
        CourseSilo silo,
        IReadOnlyList<StandingRecall> recalls
    )
    {
        if (recalls.Count > 0)
            _messages.Add(new CourseMessage.Acknowledgement(silo, holder.Id, recalls));
    }

    private void CheckAtOnce(CourseHolder holder, int session)
    {
        if (holder.Clock.IsSuspended || holder.Copies[session] is not { } copy)
            return;
        if (Accepts(copy, holder.Leases.GetValueOrDefault(copy.Silo), Now(holder)))
            _failure ??= $"holder {Array.IndexOf(_holders, holder)} accepts session {session}";
    }

    private bool BeginCheck(CourseHolder holder, int session)
    {
        if (
            holder.Check is not null
            || holder.Clock.IsSuspended
            || holder.Copies[session] is not { } copy
        )
            return false;
        holder.Check = new(session, _sessions[session].MustBeRefused, copy, Lease: null);
        return true;
    }

    private static bool ReadLease(CourseHolder holder)
    {
        if (holder.Check is not { Lease: null } check || holder.Clock.IsSuspended)
            return false;
        holder.Check = holder.Leases.TryGetValue(check.Copy.Silo, out HeldLease? lease)
            ? check with
            {
                Lease = lease,
            }
            : null;
        return true;
    }

    private bool EndCheck(CourseHolder holder)
    {
        if (holder.Check is not { Lease: { } lease } check || holder.Clock.IsSuspended)
            return false;
        if (Accepts(check.Copy, lease, Now(holder)))
        {
            Accepted++;
            if (check.MustBeRefused)
                _failure ??=
                    $"holder {Array.IndexOf(_holders, holder)} accepts session {check.Session}";
        }
        holder.Check = null;
        return true;
    }

    private static bool Accepts(CourseCopy copy, HeldLease? lease, ClockReading now) =>
        lease is not null
        && copy.Kept.Answer(PlayedSession.User, 1, lease, now) == SessionStanding.Live;
}
