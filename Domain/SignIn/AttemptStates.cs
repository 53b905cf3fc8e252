namespace SessionAuth.Domain.SignIn;

/// <summary>Failures in a row, as stored. Attempts that may have failed are included.</summary>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record AttemptsState(int Failures, DateTimeOffset LastAt)
{
    /// <summary>None.</summary>
    public static AttemptsState None { get; } = new(0, DateTimeOffset.MinValue);
}

/// <summary>The failures in a row on a known device, as stored.</summary>
/// <param name="Id">The device.</param>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record DeviceAttemptsState(string Id, int Failures, DateTimeOffset LastAt);

/// <summary>The failures in a row at one kind of an account's secrets, as stored.</summary>
public sealed record AccountAttemptsState
{
    /// <summary>Those of strangers.</summary>
    public AttemptsState Strangers { get; init; } = AttemptsState.None;

    /// <summary>Those on known devices: at most one entry for each failure that these may have together.</summary>
    public IReadOnlyList<DeviceAttemptsState> Devices { get; init; } = [];

    /// <summary>Whether a reset by email has cleared the failures of strangers since a secret was last right.</summary>
    public bool Forgiven { get; init; }

    /// <summary>Whether the owner has been notified of the failures.</summary>
    public bool OwnerTold { get; init; }

    /// <summary>When storage may delete it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether there is nothing to remember.</summary>
    public bool HasNothing() =>
        Strangers.Failures == 0 && Devices.Count == 0 && !Forgiven && !OwnerTold;
}

/// <summary>The failures in a row at an address that nobody owns, as stored.</summary>
/// <param name="Of">The keyed hash of the address.</param>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record NobodyAttempts(string Of, int Failures, DateTimeOffset LastAt);

/// <summary>The failures in a row at a share of the addresses that nobody owns, as stored.</summary>
public sealed record NobodyAttemptsState
{
    /// <summary>The addresses: a bounded number.</summary>
    public IReadOnlyList<NobodyAttempts> Addresses { get; init; } = [];

    /// <summary>When storage may delete it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
