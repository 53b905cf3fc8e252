namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>What a step of a <see cref="LeaseCourse"/> does.</summary>
internal enum CourseAction : byte
{
    /// <summary>Some tenths of a second pass.</summary>
    Wait,

    /// <summary>Time passes until a silo knows that a lease has passed.</summary>
    WaitForLease,

    /// <summary>Time passes until the hold of a dead silo is over.</summary>
    WaitForHold,

    /// <summary>Each silo that is a member finds itself one, and extends its fence.</summary>
    Confirm,
    Declare,
    Crash,
    LeaveCluster,
    StartSilo,

    /// <summary>A holder asks for a standing, mostly where the session is active.</summary>
    Ask,

    /// <summary>A holder asks each silo for a lease.</summary>
    Renew,

    /// <summary>The newest message arrives.</summary>
    DeliverNewest,

    /// <summary>Any message arrives.</summary>
    Deliver,

    /// <summary>All messages that are under way arrive.</summary>
    DeliverAll,
    Lose,
    Revoke,
    Write,
    FailWrite,
    WriteWithoutAnswer,
    WriteActivity,
    SendRecalls,
    LeaveSilo,
    ForgetHolder,
    Suspend,

    /// <summary>All machines go on.</summary>
    Resume,
    SetWallClock,
    RestartHolder,
    BeginCheck,
    ReadLease,
    EndCheck,
}

/// <summary>A step of a course. Its numbers say which silo, holder, session or message, or how much.</summary>
internal readonly record struct CourseStep(CourseAction Action, int A, int B, int C)
{
    // How often each is drawn, in the order of the actions.
    private static readonly CourseAction[] s_drawn = Draw([
        6,
        2,
        1,
        14,
        1,
        1,
        1,
        2,
        20,
        12,
        24,
        8,
        8,
        2,
        2,
        6,
        1,
        1,
        2,
        4,
        1,
        1,
        1,
        2,
        1,
        1,
        4,
        4,
        4,
    ]);

    public static CourseStep Of(ref Dice dice) =>
        new(s_drawn[dice.Next(s_drawn.Length)], dice.Next(60), dice.Next(60), dice.Next(60));

    private static CourseAction[] Draw(int[] weights) =>
        [.. weights.SelectMany((weight, i) => Enumerable.Repeat((CourseAction)i, weight))];
}

/// <summary>Random numbers that are the same for the same seed in every version of the platform.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public int Next(int below)
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = (_state ^ _state >> 30) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D0_49BB_1331_11EB;
        return (int)((mixed ^ mixed >> 31) % (ulong)below);
    }
}
