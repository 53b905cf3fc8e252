using Microsoft.Extensions.Configuration;

namespace SessionAuth.Clustering.Timing;

/// <summary>
/// How long a silo may go on without a sign that it belongs to its cluster, and how long the others wait before they
/// take its grains over. That a revocation is instant rests on these numbers.
/// </summary>
/// <remarks>
/// <para>
/// A silo answers for its grains only within <see cref="Fence"/> of a moment at which it was a member for certain.
/// When the others write into the membership table that it is dead, that moment lies before the write; so it stops to
/// answer no later than <see cref="Fence"/> after the write, whatever state it is in.
/// </para>
/// <para>
/// The others activate its grains no sooner than <see cref="Fence"/> and <see cref="Margin"/> after the write: Orleans
/// counts <see cref="Hold"/> from its own estimate of the failure, which is <see cref="FailureDetection"/> before it.
/// So there is no moment at which two silos answer for one grain.
/// </para>
/// </remarks>
public sealed class ClusterTimings
{
    /// <summary>For how long a silo answers after a moment at which it was a member.</summary>
    [ConfigurationKeyName("FENCE")]
    public TimeSpan Fence { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a silo waits for another's answer to a probe, and how often it probes.</summary>
    [ConfigurationKeyName("PROBE_TIMEOUT")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many probes in a row have to be missed.</summary>
    [ConfigurationKeyName("MISSED_PROBES")]
    public int MissedProbes { get; set; } = 5;

    /// <summary>How many silos have to agree that another is dead, where there are that many.</summary>
    [ConfigurationKeyName("DEATH_VOTES")]
    public int DeathVotes { get; set; } = 2;

    /// <summary>
    /// For how long the silos of a cluster go on by each other's word when the database is away. A silo that starts
    /// and cannot reach one that the table has for alive waits as long before it may have it declared dead.
    /// </summary>
    [ConfigurationKeyName("OUTAGE_LIMIT")]
    public TimeSpan OutageLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For clocks that do not run alike.</summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo looks into the table: two looks may fail before it is not confirmed.</summary>
    public TimeSpan LookInterval => Fence / 3;

    /// <summary>How long a silo that stopped answering goes unnoticed at most.</summary>
    public TimeSpan FailureDetection => ProbeTimeout * MissedProbes;

    /// <summary>
    /// How long after a silo was read as declared dead its grains may be activated elsewhere: its fence has closed.
    /// Whatever else it may have promised others for longer than its fence has to be added here.
    /// </summary>
    public TimeSpan Takeover => Fence + Margin;

    /// <summary>What Orleans is told as the lease of a dead silo's grains.</summary>
    public TimeSpan Hold => FailureDetection + Takeover;

    /// <summary>How long an activation may take, with the wait for the fences of dead silos in it.</summary>
    public TimeSpan ActivationTimeout => Takeover + Takeover + TimeSpan.FromSeconds(20);

    /// <summary>How long a call may take: longer than it takes to lose a silo and to take its grains over.</summary>
    public TimeSpan ResponseTimeout => FailureDetection + Hold + Margin + Margin;
}
