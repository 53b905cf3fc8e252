namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The activations of the session: recalls, writes and calls that ask a silo directly.</remarks>
internal sealed partial class LeaseWorld
{
    private void PlayActivation(in WorldState state, int silo)
    {
        bool open = IsOpen(state, silo);
        switch (state.Silos[silo].Activation)
        {
            case Activation.None:
                if (
                    open
                    && state.Silos[silo].Membership == Membership.Member
                    && IsFree(state, silo)
                )
                    Activate(state, silo);
                return;
            case Activation.Idle:
                if (open)
                    PlayIdle(state, silo);
                break;
            case Activation.Writing:
                Write(state, silo);
                break;
            case Activation.WrittenUnknown:
                WriteAgain(state, silo);
                break;
            case Activation.Written:
                Complete(state, silo);
                break;
            case Activation.Leaving:
                if (AllHaveDropped(state, silo))
                {
                    WorldState next = state;
                    Deactivate(ref next, silo);
                    Add(next, $"silo {silo}: the activation has left");
                }
                break;
        }
        if (open && state.Silos[silo].Activation != Activation.Leaving)
            PlayDirectCalls(state, silo);
        SendRecalls(state, silo);
    }

    private bool IsFree(in WorldState state, int silo)
    {
        SiloState other = state.Silos[1 - silo];
        if (other.IsKnownDead)
            return state.Now >= other.Fence || broken == ShellRule.Hold;
        return other.Membership == Membership.Left
            || other.Membership < Membership.Crashed && other.Activation == Activation.None;
    }

    private void Activate(in WorldState state, int silo)
    {
        WorldState next = state;
        ref SiloState me = ref next.Silos[silo];
        me.Activation = Activation.Idle;
        me.ETag = state.ETag;
        me.Visible = state.Stored;
        me.Counter++;
        bool takesVersion = broken != ShellRule.ActivationTakesVersion;
        me.Holders = _rules.NoHolders(takesVersion ? me.Counter : 1);
        if (!takesVersion)
            me.Counter = 1;
        Add(next, $"silo {silo}: activates");
    }

    private void PlayIdle(in WorldState state, int silo)
    {
        WorldState next = state;
        if (state.Leaves < size.Leaves)
        {
            next.Leaves++;
            if (broken == ShellRule.LeavingRecalls)
                Deactivate(ref next, silo);
            else
                BeginRecall(ref next, silo, Activation.Leaving);
            Add(next, $"silo {silo}: the activation leaves");
            next = state;
        }
        if (state.Silos[silo].Visible == 0)
        {
            if (PlayedSession.RevocationVoidsCopies)
                BeginRecall(ref next, silo, Activation.Writing);
            else
                next.Silos[silo].Activation = Activation.Writing;
            Add(next, $"silo {silo}: is called to revoke");
        }
        if (state.ActivityWrites < size.ActivityWrites)
            WriteActivity(state, silo);
    }

    private void BeginRecall(ref WorldState state, int silo, Activation activation)
    {
        ref SiloState me = ref state.Silos[silo];
        if (broken != ShellRule.RecallTakesVersion)
            me.Counter++;
        me.Activation = activation;
        me.Below = me.Counter;
        for (int holder = 0; holder < size.Holders; holder++)
        {
            if (!_rules.IsRegistered(me.Holders, holder))
                continue;
            me.GrantedUntil[holder] = _rules.Until(me.Granted[holder]);
            me.Granted[holder] = _rules.Recall(me.Granted[holder], me.Below);
        }
        me.Holders = _rules.RecallFromAll(me.Holders, me.Below);
    }

    private bool AllHaveDropped(in WorldState state, int silo)
    {
        SiloState me = state.Silos[silo];
        for (int holder = 0; holder < size.Holders; holder++)
        {
            if (
                !_rules.HasDropped(me.Granted[holder], me.Below, me.GrantedUntil[holder], state.Now)
            )
                return false;
        }
        return true;
    }

    private void EndRecall(ref WorldState state, int silo)
    {
        ref SiloState me = ref state.Silos[silo];
        for (int holder = 0; holder < size.Holders; holder++)
            me.Granted[holder] = _rules.GiveUp(me.Granted[holder], me.Below);
        me.Holders = _rules.EndRecall(me.Holders);
        ForgetRecall(ref me);
    }

    // The copies of holders that have dropped them already are asked for again; the others keep theirs.
    private void GiveUpRecall(ref WorldState state, int silo)
    {
        ref SiloState me = ref state.Silos[silo];
        me.Holders = _rules.GiveUpRecall(me.Holders);
        ForgetRecall(ref me);
    }

    private static void ForgetRecall(ref SiloState silo)
    {
        silo.GrantedUntil = default;
        silo.Below = 0;
        silo.Activation = Activation.Idle;
    }

    private void Deactivate(ref WorldState state, int silo)
    {
        if (state.Silos[silo].Below != 0)
            EndRecall(ref state, silo);
        ref SiloState me = ref state.Silos[silo];
        me.Activation = Activation.None;
        me.ETag = me.Visible = 0;
        me.Holders = 0;
        state.RemoveWhere(message =>
            message.Kind == MessageKind.Registration && message.Silo == silo
        );
    }

    private void Write(in WorldState state, int silo)
    {
        WorldState next = state;
        ref SiloState me = ref next.Silos[silo];
        if (me.ETag != state.ETag)
        {
            me.Activation = Activation.Leaving;
            Add(next, $"silo {silo}: the write conflicts");
            return;
        }
        if (state.Failures < size.Failures)
        {
            next.Failures++;
            GiveUpRecall(ref next, silo);
            Add(next, $"silo {silo}: the write fails");
            next = state;
            next.Failures++;
            next.Stored = 1;
            next.ETag++;
            me.Activation = Activation.WrittenUnknown;
            Add(next, $"silo {silo}: the write is stored without an answer");
            next = state;
        }
        next.Stored = 1;
        me.ETag = ++next.ETag;
        me.Activation = Activation.Written;
        if (broken == ShellRule.VisibleAfterRecall)
            me.Visible = 1;
        Add(next, $"silo {silo}: the write is stored");
    }

    private void WriteAgain(in WorldState state, int silo)
    {
        WorldState next = state;
        ref SiloState me = ref next.Silos[silo];
        me.Activation = Activation.Leaving;
        Add(next, $"silo {silo}: the repeated write conflicts");
    }

    private void Complete(in WorldState state, int silo)
    {
        if (
            !IsOpen(state, silo) && !(broken == ShellRule.FenceAfterWrite && state.Silos[silo].Runs)
        )
            return;
        if (!AllHaveDropped(state, silo) && broken != ShellRule.RecallIsAwaited)
            return;
        WorldState next = state;
        EndRecall(ref next, silo);
        next.Silos[silo].Visible = 1;
        next.Told |= Told.Answered;
        Add(next, $"silo {silo}: the revocation is visible and answered");
    }

    private void WriteActivity(in WorldState state, int silo)
    {
        WorldState next = state;
        next.ActivityWrites++;
        ref SiloState me = ref next.Silos[silo];
        if (me.ETag == state.ETag)
        {
            me.ETag = ++next.ETag;
            next.Stored = me.Visible;
            Add(next, $"silo {silo}: activity is stored");
        }
        else
        {
            BeginRecall(ref next, silo, Activation.Leaving);
            Add(next, $"silo {silo}: an activity write conflicts");
        }
    }

    private void PlayDirectCalls(in WorldState state, int silo)
    {
        SiloState me = state.Silos[silo];
        WorldState next = state;
        bool isStored = me.Activation == Activation.Written;
        if (
            me.Visible != 0 && me.Activation == Activation.Idle
            || isStored && broken == ShellRule.SecondCallWaits
        )
        {
            next.Told |= Told.Answered;
            Add(next, $"silo {silo}: another call to revoke is answered");
            next = state;
        }
        if (
            isStored
            && broken == ShellRule.NoWriteDuringRecall
            && state.ActivityWrites < size.ActivityWrites
        )
            WriteActivity(state, silo);

        if (PlayedSession.Accepts(me.Visible != 0))
        {
            if (MustBeRefused(state))
                Fail($"silo {silo}: accepts a check");
        }
        else
        {
            next.Told |= Told.Refused;
            Add(next, $"silo {silo}: refuses a check");
        }
    }

    private void SendRecalls(in WorldState state, int silo)
    {
        SiloState me = state.Silos[silo];
        if (me.Below == 0 || !HasRoom(state) || !me.Runs)
            return;
        for (int holder = 0; holder < size.Holders; holder++)
        {
            if (_rules.Pending(me.Granted[holder]) < me.Below)
                continue;
            if (IsUnderWay(state, MessageKind.Recall, silo, holder))
                continue;
            WorldState next = state;
            Message recall = new(MessageKind.Recall, silo, holder, content: me.Below);
            next.Add(recall);
            Add(next, "sent", recall);
        }
    }
}
