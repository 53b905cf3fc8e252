namespace SessionAuth.Grains.Throttling;

/// <summary>The failures in a row of a budget, as stored: they include the tries that may have failed.</summary>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record TriesState(int Failures, DateTimeOffset LastAt)
{
    /// <summary>None.</summary>
    public static TriesState None { get; } = new(0, DateTimeOffset.MinValue);
}

/// <summary>The failures in a row on a known device, as stored.</summary>
/// <param name="Id">The device.</param>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record DeviceTriesState(string Id, int Failures, DateTimeOffset LastAt);

/// <summary>The failures in a row at one kind of an account's secrets, as stored.</summary>
public sealed record AccountTriesState
{
    /// <summary>Those of strangers.</summary>
    public TriesState Strangers { get; init; } = TriesState.None;

    /// <summary>Those on known devices: at most one entry for each failure that they may have together.</summary>
    public IReadOnlyList<DeviceTriesState> Devices { get; init; } = [];

    /// <summary>Whether a reset by mail has made strangers' failures forgotten since a secret was last right.</summary>
    public bool Forgiven { get; init; }

    /// <summary>Whether the owner has been told of the failures.</summary>
    public bool OwnerTold { get; init; }

    /// <summary>When storage may forget it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether there is nothing to remember.</summary>
    internal bool IsEmpty =>
        Strangers.Failures == 0 && Devices.Count == 0 && !Forgiven && !OwnerTold;
}

/// <summary>The failures in a row at an address that nobody owns, as stored.</summary>
/// <param name="Of">The keyed hash of the address.</param>
/// <param name="Failures">How many.</param>
/// <param name="LastAt">When the last was added.</param>
public sealed record NobodyTries(string Of, int Failures, DateTimeOffset LastAt);

/// <summary>The failures in a row at a share of the addresses that nobody owns, as stored.</summary>
public sealed record NobodyTriesState
{
    /// <summary>The addresses: a bounded number.</summary>
    public IReadOnlyList<NobodyTries> Addresses { get; init; } = [];

    /// <summary>When storage may forget it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
