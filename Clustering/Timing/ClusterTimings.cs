using Microsoft.Extensions.Configuration;

namespace SessionAuth.Clustering.Timing;

/// <summary>
/// How long a silo may answer without new evidence that it belongs to its cluster, and how long the others wait before
/// they take over its grains. Instant revocation rests on these numbers.
/// </summary>
/// <remarks>
/// <para>
/// A silo answers for its grains only within <see cref="Fence"/> of a moment at which it was certainly a member. When
/// the others declare it dead in the membership table, that moment lies before the write; so it stops answering no
/// later than <see cref="Fence"/> after the write, whatever state it is in.
/// </para>
/// <para>
/// The others activate its grains no sooner than <see cref="Fence"/> and <see cref="Margin"/> after the write: Orleans
/// counts <see cref="Hold"/> from its own estimate of the failure, which is <see cref="FailureDetection"/> earlier.
/// So there is no moment at which two silos answer for one grain.
/// </para>
/// </remarks>
public sealed class ClusterTimings
{
    /// <summary>How long a silo answers after a moment at which it was certainly a member.</summary>
    [ConfigurationKeyName("FENCE")]
    public TimeSpan Fence { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a silo waits for another's answer to a probe, and how often it probes.</summary>
    [ConfigurationKeyName("PROBE_TIMEOUT")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many probes in a row a silo has to miss to be suspected.</summary>
    [ConfigurationKeyName("MISSED_PROBES")]
    public int MissedProbes { get; set; } = 5;

    /// <summary>How many silos have to suspect another to declare it dead, if there are that many.</summary>
    [ConfigurationKeyName("DEATH_VOTES")]
    public int DeathVotes { get; set; } = 2;

    /// <summary>
    /// How long the silos of a cluster confirm one another while the database is unavailable. A new silo that cannot
    /// reach one that is alive in the table waits as long before it may declare that one dead.
    /// </summary>
    [ConfigurationKeyName("OUTAGE_LIMIT")]
    public TimeSpan OutageLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Allowance for clock drift between machines.</summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo reads the table: two reads may fail before it is no longer confirmed.</summary>
    public TimeSpan ReadInterval => Fence / 3;

    /// <summary>The longest time that a silo that stopped answering goes unnoticed.</summary>
    public TimeSpan FailureDetection => ProbeTimeout * MissedProbes;

    /// <summary>
    /// How long after a silo's death was read its grains may be activated elsewhere: its fence has closed by then. A
    /// lease that it may have granted for longer than its fence has to be added here.
    /// </summary>
    public TimeSpan Takeover => Fence + Margin;

    /// <summary>The range lease of Orleans' directory: for how long nobody may activate a dead silo's grains.</summary>
    public TimeSpan Hold => FailureDetection + Takeover;

    /// <summary>How long an activation may take, including the wait for the fences of dead silos.</summary>
    public TimeSpan ActivationTimeout => Takeover + Takeover + TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a call may take: longer than it takes to detect a dead silo and to take over its grains.
    /// </summary>
    public TimeSpan ResponseTimeout => FailureDetection + Hold + Margin + Margin;
}
