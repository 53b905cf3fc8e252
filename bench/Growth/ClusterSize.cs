namespace SessionAuth.Bench.Growth;

/// <param name="Silos">The silos.</param>
/// <param name="Holders">The front ends, all of which hold leases.</param>
internal sealed record ClusterSize(int Silos, int Holders)
{
    public static IEnumerable<ClusterSize> All { get; } =
        from silos in new[] { 3, 20, 100 }
        from holders in new[] { 10, 100, 1_000 }
        select new ClusterSize(silos, holders);

    /// <summary>
    /// The share of a front end's calls that another silo forwards: Orleans picks a connection for each grain, not the
    /// one to the grain's silo.
    /// </summary>
    public double Forwarded => 1 - 1.0 / Silos;

    public override string ToString() => $"{Silos} × {Holders:N0}";
}
