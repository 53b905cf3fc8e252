namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>How much happens in a <see cref="LeaseWorld"/>.</summary>
internal sealed record WorldSize
{
    /// <summary>How many silos there are: one or two. Only the first may fail.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>How many holders there are: one or two.</summary>
    public int Holders { get; init; } = 1;

    /// <summary>For how long it is played.</summary>
    public int Ticks { get; init; } = 3;

    /// <summary>How many messages are under way at once at most.</summary>
    public int Messages { get; init; } = 2;

    /// <summary>How many questions a holder asks.</summary>
    public int Questions { get; init; } = 1;

    /// <summary>How often a holder asks for a lease.</summary>
    public int Renewals { get; init; } = 1;

    /// <summary>How old an answer may be that is kept.</summary>
    public int QuestionLifetime { get; init; } = 2;

    /// <summary>What may become of the first silo.</summary>
    public Fates Fates { get; init; }

    /// <summary>Whether holders ask each silo. If not, they ask the first, and others ask the second.</summary>
    public bool HoldersAskEach { get; init; }

    /// <summary>How often an activation leaves by itself.</summary>
    public int Leaves { get; init; }

    /// <summary>How many writes fail, or are stored without an answer.</summary>
    public int Failures { get; init; }

    /// <summary>How many activity writes there are.</summary>
    public int ActivityWrites { get; init; }
}

/// <summary>What may become of a silo.</summary>
[Flags]
internal enum Fates
{
    /// <summary>It remains a member.</summary>
    None = 0,

    /// <summary>It is declared dead while it runs.</summary>
    IsDeclaredDead = 1,

    /// <summary>It crashes.</summary>
    Crashes = 2,

    /// <summary>It leaves in order.</summary>
    Leaves = 4,

    All = IsDeclaredDead | Crashes | Leaves,
}
