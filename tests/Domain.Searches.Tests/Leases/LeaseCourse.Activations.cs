using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The activations of the sessions: recalls, writes and calls that ask a silo directly.</remarks>
internal sealed partial class LeaseCourse
{
    private CourseActivation? ActivationOf(CourseSilo silo, int session)
    {
        if (silo.Activations[session] is { } active)
            return active;
        if (silo.IsDeclared || !_silos.TrueForAll(other => Gives(other, silo, session)))
            return null;
        if (_silos.Exists(other => other.Activations[session] is not null))
            TakenOver++;
        return silo.Activations[session] = new(
            StandingHolders.None(++silo.Version),
            _sessions[session].IsStored,
            _sessions[session].ETag
        );
    }

    private bool Gives(CourseSilo other, CourseSilo silo, int session) =>
        other.Activations[session] is null
        || silo.DeadSince.TryGetValue(other, out TimeSpan since)
            && Now(silo).Monotonic - since >= _hold;

    private CourseActivation? Called(CourseSilo silo, int session) =>
        IsOpen(silo) && ActivationOf(silo, session) is { Activation: not Activation.Leaving } called
            ? called
            : null;

    private void CallDirectly(CourseSilo silo, int session)
    {
        if (
            silo.Activations[session] is not { Activation: not Activation.Leaving } active
            || !IsOpen(silo)
        )
            return;
        if (!PlayedSession.Accepts(active.IsRevoked))
            _sessions[session].WasRefused = true;
        else if (_sessions[session].MustBeRefused)
            _failure ??= $"silo {_silos.IndexOf(silo)} accepts session {session}";
    }

    private bool Revoke(CourseSilo silo, int session)
    {
        if (Called(silo, session) is not { Activation: Activation.Idle } active)
            return false;
        if (active.IsRevoked)
            _sessions[session].WasAnswered = true;
        else if (PlayedSession.RevocationVoidsCopies)
            BeginRecall(silo, session, active, Activation.Writing);
        else
            active.Activation = Activation.Writing;
        return true;
    }

    private bool LeaveSilo(CourseSilo silo, int session)
    {
        if (!silo.Runs || silo.Activations[session] is not { Activation: Activation.Idle } active)
            return false;
        BeginRecall(silo, session, active, Activation.Leaving);
        return true;
    }

    private void BeginRecall(
        CourseSilo silo,
        int session,
        CourseActivation active,
        Activation activation
    )
    {
        active.Activation = activation;
        active.Recall = new(_sessions[session].Id, ++silo.Version);
        active.GrantedUntil.Clear();
        foreach (HolderId holder in active.Holders.Holders)
        {
            GrantedLease granted = silo.Granted.GetValueOrDefault(holder, GrantedLease.None);
            active.GrantedUntil[holder] = granted.Until;
            silo.Granted[holder] = granted.Recall(active.Recall);
        }
        active.Holders = active.Holders.Recall(silo.Version);
        SendRecalls(silo, session);
    }

    private bool SendRecalls(CourseSilo silo, int session)
    {
        if (!silo.Runs || silo.Activations[session] is not { Holders.IsRecalling: true } active)
            return false;
        foreach (HolderId holder in active.Holders.Holders)
            _messages.Add(new CourseMessage.Recall(silo, holder, active.Recall));
        return true;
    }

    private bool Write(CourseSilo silo, int session)
    {
        if (
            !silo.Runs
            || silo.Activations[session]
                is not { Activation: Activation.Writing or Activation.WrittenUnknown } active
        )
            return false;
        if (Store(session, active, isRevoked: true))
            active.Activation = Activation.Written;
        else
            active.Activation = Activation.Leaving;
        return true;
    }

    private bool WriteWithoutAnswer(CourseSilo silo, int session)
    {
        if (silo.Activations[session] is not { Activation: Activation.Writing } active)
            return false;
        int known = active.ETag;
        if (silo.Runs && Store(session, active, isRevoked: true))
            active.Activation = Activation.WrittenUnknown;
        active.ETag = known;
        return true;
    }

    private static bool FailWrite(CourseSilo silo, int session)
    {
        if (
            !silo.Runs || silo.Activations[session] is not { Activation: Activation.Writing } active
        )
            return false;
        active.Activation = Activation.Idle;
        active.Holders = active.Holders.GiveUpRecall();
        return true;
    }

    private bool WriteActivity(CourseSilo silo, int session)
    {
        if (!silo.Runs || silo.Activations[session] is not { Activation: Activation.Idle } active)
            return false;
        if (!Store(session, active, active.IsRevoked))
            BeginRecall(silo, session, active, Activation.Leaving);
        return true;
    }

    private bool Store(int session, CourseActivation active, bool isRevoked)
    {
        CourseSession stored = _sessions[session];
        if (stored.ETag != active.ETag)
            return false;
        stored.IsStored = isRevoked;
        active.ETag = ++stored.ETag;
        return true;
    }

    private void FinishWhatCanBe(CourseSilo silo)
    {
        if (!silo.Runs)
            return;
        for (int session = 0; session < _sessions.Length; session++)
        {
            if (
                silo.Activations[session] is { Holders.IsRecalling: true } active
                && HaveDropped(silo, active)
            )
                Finish(silo, session, active);
        }
        TimeSpan now = Now(silo).Monotonic;
        if (silo.IsLeaving && silo.Granted.Values.All(granted => now >= granted.Until))
        {
            silo.HasLeft = true;
            Array.Clear(silo.Activations);
        }
    }

    private void Finish(CourseSilo silo, int session, CourseActivation active)
    {
        bool isStored = active.Activation == Activation.Written && IsOpen(silo);
        if (!isStored && active.Activation != Activation.Leaving)
            return;
        foreach (HolderId holder in active.Holders.Holders)
        {
            if (silo.Granted.TryGetValue(holder, out GrantedLease? granted))
                silo.Granted[holder] = granted.GiveUp(active.Recall);
        }
        if (isStored && !active.Holders.Holders.IsEmpty)
            Recalled++;
        active.Holders = active.Holders.EndRecall();
        if (isStored)
        {
            active.Activation = Activation.Idle;
            active.IsRevoked = _sessions[session].WasAnswered = true;
        }
        else
        {
            silo.Activations[session] = null;
        }
        _log?.Add($"            session {session} is {(isStored ? "revoked" : "left")}");
    }

    private bool HaveDropped(CourseSilo silo, CourseActivation active)
    {
        TimeSpan now = Now(silo).Monotonic;
        foreach (HolderId holder in active.Holders.Holders)
        {
            GrantedLease granted = silo.Granted.GetValueOrDefault(holder, GrantedLease.None);
            if (!granted.HasDropped(active.Recall, active.GrantedUntil[holder], now))
                return false;
        }
        return true;
    }
}
