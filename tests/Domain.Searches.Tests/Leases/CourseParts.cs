using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>What a course knows of a session: what is stored, and what callers were told.</summary>
internal sealed class CourseSession(SessionId id)
{
    public SessionId Id => id;

    public bool IsStored { get; set; }

    public int ETag { get; set; }

    public bool WasAnswered { get; set; }

    public bool WasRefused { get; set; }

    public bool MustBeRefused => WasAnswered || WasRefused;
}

/// <summary>A run of a silo in a course.</summary>
internal sealed class CourseSilo(MachineClock clock, int sessions)
{
    public MachineClock Clock => clock;

    /// <summary>When its fence closes.</summary>
    public LeaseDeadline Fence { get; set; }

    public bool HasCrashed { get; set; }

    public bool IsLeaving { get; set; }

    public bool HasLeft { get; set; }

    public bool IsDeclared { get; set; }

    public bool Runs => !HasCrashed && !HasLeft && !clock.IsSuspended;

    /// <summary>The version of the last activation or recall.</summary>
    public long Version { get; set; }

    public Dictionary<HolderId, GrantedLease> Granted { get; } = [];

    public CourseActivation?[] Activations { get; } = new CourseActivation?[sessions];

    /// <summary>Since when, by its monotonic clock, it knows that others are dead.</summary>
    public Dictionary<CourseSilo, TimeSpan> DeadSince { get; } = [];
}

/// <summary>An activation of a session in a course.</summary>
internal sealed class CourseActivation(StandingHolders holders, bool isRevoked, int etag)
{
    public StandingHolders Holders { get; set; } = holders;

    /// <summary>Whether checks see the revocation.</summary>
    public bool IsRevoked { get; set; } = isRevoked;

    public int ETag { get; set; } = etag;

    public Activation Activation { get; set; } = Activation.Idle;

    public StandingRecall Recall { get; set; }

    /// <summary>The end of each registered holder's lease when the recall began.</summary>
    public Dictionary<HolderId, TimeSpan> GrantedUntil { get; } = [];
}

/// <summary>A run of a holder in a course.</summary>
internal sealed class CourseHolder(HolderId id, MachineClock clock, int sessions)
{
    public HolderId Id => id;

    public MachineClock Clock => clock;

    public Dictionary<CourseSilo, HeldLease> Leases { get; } = [];

    public CourseCopy?[] Copies { get; } = new CourseCopy?[sessions];

    /// <summary>The check that is answered in several steps.</summary>
    public CourseCheck? Check { get; set; }
}

internal sealed record CourseCopy(CourseSilo Silo, KeptStanding Kept);

internal sealed record CourseCheck(
    int Session,
    bool MustBeRefused,
    CourseCopy Copy,
    HeldLease? Lease
);

internal abstract record CourseMessage(CourseSilo Silo, HolderId Holder)
{
    internal abstract record ToSilo(CourseSilo Silo, HolderId Holder) : CourseMessage(Silo, Holder);

    internal sealed record Question(
        CourseSilo Silo,
        HolderId Holder,
        int Session,
        ClockReading Asked
    ) : ToSilo(Silo, Holder);

    internal sealed record Answer(
        CourseSilo Silo,
        HolderId Holder,
        int Session,
        ClockReading Asked,
        LeasedStanding Standing
    ) : CourseMessage(Silo, Holder);

    internal sealed record Renewal(CourseSilo Silo, HolderId Holder, ClockReading Asked)
        : ToSilo(Silo, Holder);

    internal sealed record Grant(
        CourseSilo Silo,
        HolderId Holder,
        ClockReading Asked,
        LeaseGrant Granted
    ) : CourseMessage(Silo, Holder);

    internal sealed record Recall(CourseSilo Silo, HolderId Holder, StandingRecall Recalled)
        : CourseMessage(Silo, Holder);

    internal sealed record Acknowledgement(
        CourseSilo Silo,
        HolderId Holder,
        IReadOnlyList<StandingRecall> Recalls
    ) : ToSilo(Silo, Holder);

    /// <summary>A holder that stops gives its lease back after its last answer.</summary>
    internal sealed record Return(CourseSilo Silo, HolderId Holder) : ToSilo(Silo, Holder);
}
