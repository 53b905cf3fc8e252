namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <remarks>The holders, and the checks that they answer.</remarks>
internal sealed partial class LeaseWorld
{
    private void PlayHolder(in WorldState state, int holder)
    {
        HolderState me = state.Holders[holder];
        if (me.ToKeep != 0)
        {
            WorldState next = state;
            next.Holders[holder].Copy = me.ToKeep;
            next.Holders[holder].ToKeep = 0;
            Add(next, $"holder {holder}: stores the copy");
        }
        for (int silo = 0; silo < (size.HoldersAskEach ? size.Silos : 1); silo++)
        {
            if (state.Silos[silo].Membership > Membership.Declared)
                continue;
            if (broken == ShellRule.LeaseIsRemembered && me.Leases[silo] != 0)
            {
                WorldState next = state;
                next.Holders[holder].Leases[silo] = 0;
                Add(next, $"holder {holder}: forgets the lease of silo {silo}");
            }
            if (!HasRoom(state))
                continue;
            if (me.Questions < size.Questions && !HasUsableCopy(state, holder))
            {
                WorldState next = state;
                next.Holders[holder].Questions++;
                Send(next, new(MessageKind.Question, silo, holder, state.Now));
            }
            if (me.Renewals < size.Renewals)
            {
                WorldState next = state;
                next.Holders[holder].Renewals++;
                Send(next, new(MessageKind.Renewal, silo, holder, state.Now));
            }
        }
    }

    private void Send(WorldState next, Message message)
    {
        next.Add(message);
        Add(next, "sent", message);
    }

    private bool HasUsableCopy(in WorldState state, int holder)
    {
        HolderState me = state.Holders[holder];
        return me.Copy != 0
            && me.Leases[_rules.SiloOf(me.Copy)] is not 0 and var lease
            && _rules.Answers(me.Copy, lease, state.Now);
    }

    // A check that begins before it must be refused can only be right, and is not played.
    private void PlayCheck(in WorldState state, int holder)
    {
        HolderState me = state.Holders[holder];
        WorldState next = state;
        ref HolderState changed = ref next.Holders[holder];
        if (me.CheckCopy == 0)
        {
            if (!MustBeRefused(state))
                return;
            if (me.Copy != 0)
            {
                changed.CheckCopy = me.Copy;
                Add(next, $"holder {holder}: a check looks up the copy");
            }
            if (broken == ShellRule.NoJoinedQuestion)
            {
                for (int silo = 0; silo < size.Silos; silo++)
                {
                    if (IsUnderWay(state, MessageKind.Answer, silo, holder))
                        Fail($"holder {holder}: a check is accepted by an answer under way");
                }
            }
        }
        else if (me.CheckLease == 0)
        {
            changed.CheckLease = me.Leases[_rules.SiloOf(me.CheckCopy)];
            if (changed.CheckLease == 0)
                changed.CheckCopy = 0;
            Add(next, $"holder {holder}: the check reads the lease");
        }
        else if (_rules.Answers(me.CheckCopy, me.CheckLease, state.Now))
        {
            Fail($"holder {holder}: accepts the check");
        }
        else
        {
            changed.CheckCopy = changed.CheckLease = 0;
            Add(next, $"holder {holder}: leaves the check to the session's grain");
        }
    }

    private void Answered(WorldState next, Message answer)
    {
        ref HolderState me = ref next.Holders[answer.Holder];
        ushort held = me.Leases[answer.Silo];
        if (held == 0)
            return;
        ushort copy = _rules.Keep(held, answer.Silo, answer.Content, answer.Asked, next.Now);
        if (copy == 0)
            return;
        if (broken == ShellRule.KeptInTurn)
            me.ToKeep = copy;
        else
            me.Copy = copy;
        Add(next, "kept", answer);
    }

    private void Granted(WorldState next, Message grant)
    {
        int silo = grant.Silo;
        ref HolderState me = ref next.Holders[grant.Holder];
        int below = _rules.RecallOf(grant.Content);
        Drop(ref me, silo, below);
        me.Leases[silo] = _rules.Take(me.Leases[silo], grant.Content, grant.Asked, next.Now);
        Add(next, "taken", grant);
        if (below == 0)
            return;
        next.Add(new(MessageKind.Acknowledgement, silo, grant.Holder, content: below));
        Add(next, "taken and acknowledged", grant);
    }

    private void Recalled(WorldState next, Message recall)
    {
        int silo = recall.Silo;
        ref HolderState me = ref next.Holders[recall.Holder];
        if (me.Leases[silo] != 0)
            me.Leases[silo] = _rules.RecallFromHeld(me.Leases[silo], recall.Content, next.Now);
        if (broken != ShellRule.DroppedBeforeAcknowledged)
            Drop(ref me, silo, recall.Content);
        else if (HasRoom(next))
            next.Add(new(MessageKind.Drop, silo, recall.Holder, content: recall.Content));
        else
            return;
        next.Add(new(MessageKind.Acknowledgement, silo, recall.Holder, content: recall.Content));
        Add(next, "carried out", recall);
    }

    private void Dropped(WorldState next, Message drop)
    {
        Drop(ref next.Holders[drop.Holder], drop.Silo, drop.Content);
        Add(next, "done", drop);
    }

    private void Drop(ref HolderState holder, int silo, int below)
    {
        if (
            holder.Copy != 0
            && _rules.SiloOf(holder.Copy) == silo
            && _rules.IsVoid(holder.Copy, below)
        )
            holder.Copy = 0;
    }
}
