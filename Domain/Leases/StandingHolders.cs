using System.Collections.Immutable;

namespace SessionAuth.Domain.Leases;

/// <summary>Which holders may have a copy of a session's standing. Kept in the memory of its activation. Immutable.</summary>
/// <remarks>
/// A change that makes a standing worse begins a recall, and becomes visible to checks only when the change is durable
/// and no holder uses a copy any more. If it were visible before, one node could refuse a session that another still
/// accepts.
/// </remarks>
/// <param name="Version">The version of the standing.</param>
/// <param name="Holders">The holders that may have a copy of it, or of an earlier one.</param>
/// <param name="IsRecalling">Whether a recall is in progress: nobody is given a copy.</param>
public sealed record StandingHolders(
    long Version,
    ImmutableArray<HolderId> Holders,
    bool IsRecalling
)
{
    /// <summary>No holders yet.</summary>
    /// <param name="version">The first version, greater than any that this run of the silo has given the session.</param>
    public static StandingHolders None(long version) => new(version, [], IsRecalling: false);

    /// <summary>
    /// Registers a holder, in the same turn in which the standing is read for it.
    /// </summary>
    /// <returns>Whether it may keep the standing.</returns>
    public (bool MayKeep, StandingHolders Next) Register(HolderId holder) =>
        IsRecalling ? (false, this)
        : Holders.Contains(holder) ? (true, this)
        : (true, this with { Holders = Holders.Add(holder) });

    /// <summary>Begins a recall from all holders.</summary>
    /// <param name="version">The next version. Standings with a lower one are void.</param>
    public StandingHolders Recall(long version) =>
        this with
        {
            Version = version,
            IsRecalling = true,
        };

    /// <summary>Ends the recall, if there is one: no holder uses a copy any more.</summary>
    public StandingHolders EndRecall() => IsRecalling ? None(Version) : this;

    /// <summary>
    /// Gives the recall up: the change was not made. Holders that have not dropped their copies yet may go on using
    /// them, so the next recall has to reach them too.
    /// </summary>
    public StandingHolders GiveUpRecall() => this with { IsRecalling = false };
}
