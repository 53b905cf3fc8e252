namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>The calls between processes, by kind. Each has an answer.</summary>
internal sealed class MessageCounts
{
    /// <summary>Renewals of a lease, by a front end of a silo.</summary>
    public long Renewals { get; set; }

    /// <summary>Uses of sessions that the renewals reported.</summary>
    public long Uses { get; set; }

    /// <summary>Checks that found no copy and asked the session's grain.</summary>
    public long Questions { get; set; }

    /// <summary>Recalls, by a silo from a front end, each of one session or several.</summary>
    public long Recalls { get; set; }

    /// <summary>Recalls that were sent again.</summary>
    public long Repeated { get; set; }

    /// <summary>Refreshes.</summary>
    public long Refreshes { get; set; }

    /// <summary>Checks, of which only the questions leave the front end.</summary>
    public long Checks { get; set; }

    public MessageCounts Copy() => (MessageCounts)MemberwiseClone();

    /// <summary>Those after an earlier count.</summary>
    public MessageCounts Since(MessageCounts before) =>
        new()
        {
            Renewals = Renewals - before.Renewals,
            Uses = Uses - before.Uses,
            Questions = Questions - before.Questions,
            Recalls = Recalls - before.Recalls,
            Repeated = Repeated - before.Repeated,
            Refreshes = Refreshes - before.Refreshes,
            Checks = Checks - before.Checks,
        };
}
