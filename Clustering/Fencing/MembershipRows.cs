namespace SessionAuth.Clustering.Fencing;

/// <summary>What the rows of the membership table say about their silos.</summary>
internal static class MembershipRows
{
    /// <summary>Whether a silo with this status in the table may answer for its grains.</summary>
    /// <remarks>
    /// A silo that shuts down gracefully still may: the directory goes on asking it for its activations when it
    /// recovers a range. One that stops at once (<see cref="SiloStatus.Stopping"/>) is no longer asked, so that its
    /// grains may be activated elsewhere at any moment.
    /// </remarks>
    public static bool MayAnswer(SiloStatus status) =>
        status is not (SiloStatus.Stopping or SiloStatus.Dead);

    /// <summary>Whether a dead silo wrote its death itself, after it had closed its fence.</summary>
    /// <remarks>
    /// As in Orleans: a silo that declares another dead adds itself to the suspecting silos of that row.
    /// </remarks>
    public static bool HasLeftByItself(MembershipEntry entry) =>
        (entry.SuspectTimes ?? []).Exists(suspect => suspect.Item1.Equals(entry.SiloAddress));

    /// <summary>The other silos that are not dead in the table.</summary>
    public static HashSet<SiloAddress> AliveBeside(SiloAddress self, MembershipTableData table) =>
        [
            .. table
                .Members.Select(member => member.Item1)
                .Where(entry => entry.Status != SiloStatus.Dead && !entry.SiloAddress.Equals(self))
                .Select(entry => entry.SiloAddress),
        ];
}
