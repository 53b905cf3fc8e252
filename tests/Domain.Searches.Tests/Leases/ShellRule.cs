namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>
/// The rules of leases that are not in Domain/Leases but in the code around it: the session's grain, the entry of a silo
/// that grants leases, and the holder. The searches assume them; each can be broken by its name.
/// </summary>
/// <remarks>
/// <para>A silo (one run of it; its address with its generation):</para>
/// <list type="number">
/// <item>It has one counter of versions, which only grows. An activation takes the next one when it starts, and each
/// recall takes the next one.</item>
/// <item>It keeps one <see cref="Domain.Leases.GrantedLease"/> for each holder, for all sessions. It forgets one only when
/// its time has passed.</item>
/// <item>It reads its clock after a request for a lease arrived, and says how long its fence stays open by what it knows
/// at that moment. A silo that leaves grants nothing any more.</item>
/// <item>It answers only while its fence is open, and compares the clocks after the answer was decided.</item>
/// <item>Others activate its sessions when it has recalled their copies, when each lease that it granted has passed, or
/// when it was declared dead and the hold is over, by which time its fence is certainly closed.</item>
/// </list>
/// <para>An activation of a session:</para>
/// <list type="number">
/// <item>In the turn that reads the standing it registers the holder, before it answers.</item>
/// <item>A change for which <see cref="Domain.Sessions.Session.VoidsCopies"/> is true begins a recall in one turn: a new
/// version, the holders collected, the recall added to the lease of each, and each lease's end noted. The write goes on
/// beside it.</item>
/// <item>The change becomes visible, and is answered, in the turn that finds all true: the write is known to be stored,
/// each holder has dropped its copy, and the fence is open. A second call waits for the same turn.</item>
/// <item>From the beginning of the recall to that turn checks are answered by the state before, nobody is registered, and
/// no other write begins.</item>
/// <item>A write that surely failed ends the recall. One whose outcome is unknown is repeated with the same condition; a
/// conflict makes the activation leave.</item>
/// <item>An activation that leaves recalls its copies first, and waits as for a change; meanwhile it answers nothing.</item>
/// <item>A recall is sent again until it is acknowledged or given up.</item>
/// </list>
/// <para>A holder:</para>
/// <list type="number">
/// <item>It handles grants, recalls and answers from one silo one at a time, each to its end: what is decided by a
/// <see cref="Domain.Leases.HeldLease"/> is done before the next is looked at. Checks need not wait.</item>
/// <item>It drops the copies that a recall voids before it acknowledges it, and before a lease counts that came with the
/// recall.</item>
/// <item>It reads the clocks before it sends a question or asks for a lease.</item>
/// <item>A check looks the copy up first, then reads the lease from the copy's silo, then the clocks.</item>
/// <item>A check never waits for a question that was sent before the check began.</item>
/// <item>It keeps the <see cref="Domain.Leases.HeldLease"/> of a silo for as long as it runs: the numbers of its leases
/// never begin again.</item>
/// </list>
/// </remarks>
public enum ShellRule
{
    /// <summary>All rules hold.</summary>
    None,

    /// <summary>A recall does not take a new version.</summary>
    RecallTakesVersion,

    /// <summary>An activation begins with the first version again.</summary>
    ActivationTakesVersion,

    /// <summary>A revocation is answered before each holder has dropped its copy.</summary>
    RecallIsAwaited,

    /// <summary>A revocation is visible to checks as soon as it is stored, while it is being recalled.</summary>
    VisibleAfterRecall,

    /// <summary>A second call is answered as soon as the revocation is stored.</summary>
    SecondCallWaits,

    /// <summary>An activity write of the visible state may start during a recall.</summary>
    NoWriteDuringRecall,

    /// <summary>An activation leaves without recalling.</summary>
    LeavingRecalls,

    /// <summary>A silo that leaves writes itself dead while leases that it granted last.</summary>
    DeadAfterLeases,

    /// <summary>Others activate the sessions of a silo that was declared dead at once.</summary>
    Hold,

    /// <summary>The fence is not compared once the write is stored.</summary>
    FenceAfterWrite,

    /// <summary>A holder is registered some time after the standing was read for it.</summary>
    RegisteredInTurn,

    /// <summary>A check waits for a question that was sent before the check began.</summary>
    NoJoinedQuestion,

    /// <summary>A recall is acknowledged before the copy is dropped.</summary>
    DroppedBeforeAcknowledged,

    /// <summary>A copy is stored some time after it was decided to keep it.</summary>
    KeptInTurn,

    /// <summary>The lease of a copy is not kept once it has passed; the next one begins with the first number.</summary>
    LeaseIsRemembered,
}
