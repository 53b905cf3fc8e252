namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The silos: what becomes of them, and what they answer to holders.</remarks>
internal sealed partial class LeaseWorld
{
    // The last silo never fails: the clocks of its fence need not be played.
    private bool MayFail(int silo) => silo == 0 && size.Fates != Fates.None;

    private bool Happens(Fates fate) => (size.Fates & fate) != 0;

    private bool IsOpen(in WorldState state, int silo) =>
        state.Silos[silo].Membership < Membership.Crashed
        && state.Silos[silo].Membership != Membership.Leaving
        && (!MayFail(silo) || state.Now < state.Silos[silo].Fence);

    private void PlayMembership(in WorldState state, int silo)
    {
        if (!MayFail(silo))
            return;
        WorldState next = state;
        ref SiloState changed = ref next.Silos[silo];
        Membership membership = state.Silos[silo].Membership;
        if (membership == Membership.Member)
        {
            changed.Fence = (byte)(state.Now + LeaseTables.Fence);
            Add(next, "the fence is extended");
            next = state;
            if (Happens(Fates.Leaves))
            {
                changed.Membership = Membership.Leaving;
                Add(next, "the silo leaves");
                next = state;
            }
        }
        if (membership == Membership.Leaving && LeasesHavePassed(state, silo))
        {
            Stop(ref next, silo, Membership.Left);
            Add(next, "the silo has left");
            next = state;
        }
        if (membership is Membership.Member or Membership.Leaving)
        {
            if (Happens(Fates.IsDeclaredDead))
            {
                changed.Membership = Membership.Declared;
                Add(next, "the silo is declared dead");
                next = state;
            }
            if (Happens(Fates.Crashes))
            {
                Stop(ref next, silo, Membership.Crashed);
                Add(next, "the silo crashes");
            }
        }
        if (membership == Membership.Crashed)
        {
            changed.Membership = Membership.CrashedAndDeclared;
            Add(next, "the crashed silo is declared dead");
        }
    }

    private bool LeasesHavePassed(in WorldState state, int silo)
    {
        for (int holder = 0; holder < size.Holders; holder++)
        {
            if (state.Now < _rules.Until(state.Silos[silo].Granted[holder]))
                return broken == ShellRule.DeadAfterLeases;
        }
        return true;
    }

    private void Stop(ref WorldState state, int silo, Membership membership)
    {
        SiloState stopped = new() { Membership = membership, Fence = state.Silos[silo].Fence };
        for (int holder = 0; holder < 2; holder++)
            stopped.Granted[holder] = _rules.NoneGranted;
        state.Silos[silo] = stopped;
        state.RemoveWhere(message =>
            message.Silo == silo
            && message.Kind
                is MessageKind.Question
                    or MessageKind.Renewal
                    or MessageKind.Acknowledgement
                    or MessageKind.Registration
        );
    }

    private void Asked(WorldState next, Message question)
    {
        int silo = question.Silo;
        ref SiloState me = ref next.Silos[silo];
        if (!IsOpen(next, silo) || me.Activation is Activation.None or Activation.Leaving)
            return;
        (ushort holders, bool mayKeep) = _rules.Register(me.Holders, question.Holder);
        // What may not be kept answers the check that asked, like a direct call.
        if (!mayKeep || !PlayedSession.IsLeased(me.Visible != 0))
            return;
        Message answer = new(
            MessageKind.Answer,
            silo,
            question.Holder,
            question.Asked,
            (int)_rules.Version(me.Holders)
        );
        next.Add(answer);
        if (broken != ShellRule.RegisteredInTurn)
            me.Holders = holders;
        else if (HasRoom(next))
            next.Add(new(MessageKind.Registration, silo, question.Holder));
        else
            return;
        Add(next, "sent", answer);
    }

    private void Registered(WorldState next, Message registration)
    {
        ref SiloState me = ref next.Silos[registration.Silo];
        me.Holders = _rules.Register(me.Holders, registration.Holder).Next;
        Add(next, "done", registration);
    }

    private void Grant(WorldState next, Message renewal)
    {
        int silo = renewal.Silo;
        ref SiloState me = ref next.Silos[silo];
        if (me.Membership is not (Membership.Member or Membership.Declared))
            return;
        int? fence = MayFail(silo) ? Math.Max(0, me.Fence - next.Now) : null;
        (ushort granted, byte content) = _rules.Grant(me.Granted[renewal.Holder], next.Now, fence);
        if (content == 0)
            return;
        me.Granted[renewal.Holder] = granted;
        Message grant = new(MessageKind.Grant, silo, renewal.Holder, renewal.Asked, content);
        next.Add(grant);
        Add(next, "sent", grant);
    }

    private void Acknowledged(WorldState next, Message message)
    {
        ref SiloState me = ref next.Silos[message.Silo];
        me.Granted[message.Holder] = _rules.Acknowledge(
            me.Granted[message.Holder],
            message.Content
        );
        Add(next, "arrived", message);
    }
}
