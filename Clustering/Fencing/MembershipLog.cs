using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>Logs the status changes of other silos, as this one reads them, and their consequences.</summary>
internal sealed partial class MembershipLog(
    IOptions<ClusterTimings> timings,
    ILogger<MembershipLog> logger
)
{
    private readonly Lock _lock = new();
    private Dictionary<SiloAddress, SiloStatus>? _known;
    private int _version;

    /// <summary>Logs what changed since the last read. The first read is the baseline.</summary>
    public void Read(MembershipTableData table, SiloAddress self)
    {
        lock (_lock)
        {
            Dictionary<SiloAddress, SiloStatus>? before = _known;
            if (before is not null && table.Version.Version <= _version)
                return;
            _version = table.Version.Version;
            _known = table.Members.ToDictionary(
                member => member.Item1.SiloAddress,
                member => member.Item1.Status
            );
            if (before is null)
                return;
            foreach ((MembershipEntry entry, _) in table.Members)
            {
                SiloAddress silo = entry.SiloAddress;
                if (!silo.Equals(self) && before.GetValueOrDefault(silo) != entry.Status)
                    LogStatus(entry);
            }
        }
    }

    private void LogStatus(MembershipEntry entry)
    {
        if (entry.Status == SiloStatus.Active)
            LogJoined(entry.SiloAddress);
        else if (entry.Status == SiloStatus.ShuttingDown)
            LogLeaves(entry.SiloAddress);
        else if (entry.Status == SiloStatus.Dead && MembershipRows.HasLeftByItself(entry))
            LogLeft(entry.SiloAddress);
        else if (entry.Status == SiloStatus.Dead)
            LogGivenUp(entry.SiloAddress, timings.Value.Takeover.TotalSeconds);
    }

    [LoggerMessage(1, LogLevel.Information, "The silo {Silo} has joined the cluster")]
    private partial void LogJoined(SiloAddress silo);

    [LoggerMessage(2, LogLevel.Information, "The silo {Silo} shuts down and hands over its grains")]
    private partial void LogLeaves(SiloAddress silo);

    [LoggerMessage(3, LogLevel.Information, "The silo {Silo} has left the cluster")]
    private partial void LogLeft(SiloAddress silo);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "The silo {Silo} did not answer and was declared dead: its grains are taken over in {Seconds:F0} s, and calls to them wait"
    )]
    private partial void LogGivenUp(SiloAddress silo, double seconds);
}
