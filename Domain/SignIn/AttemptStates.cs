namespace SessionAuth.Domain.SignIn;

/// <summary>Stored consecutive failures, including attempts that may have failed.</summary>
/// <param name="Failures">The number of failures.</param>
/// <param name="LastAt">When the last failure was counted.</param>
public sealed record AttemptsState(int Failures, DateTimeOffset LastAt)
{
    /// <summary>No failures.</summary>
    public static AttemptsState None { get; } = new(0, DateTimeOffset.MinValue);
}

/// <summary>The stored consecutive failures from a known device.</summary>
/// <param name="Id">The device id.</param>
/// <param name="Failures">The number of failures.</param>
/// <param name="LastAt">When the last failure was counted.</param>
public sealed record DeviceAttemptsState(string Id, int Failures, DateTimeOffset LastAt);

/// <summary>The stored consecutive failures for one kind of an account's secrets.</summary>
public sealed record AccountAttemptsState
{
    /// <summary>The failures from unknown devices.</summary>
    public AttemptsState Strangers { get; init; } = AttemptsState.None;

    /// <summary>The failures from known devices. Bounded by the limit that these share.</summary>
    public IReadOnlyList<DeviceAttemptsState> Devices { get; init; } = [];

    /// <summary>
    /// Whether a reset by email has cleared the failures from unknown devices since the last successful attempt.
    /// </summary>
    public bool Forgiven { get; init; }

    /// <summary>Whether the owner has been notified of the failures.</summary>
    public bool OwnerNotified { get; init; }

    /// <summary>When storage may delete the state.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The state if it has not expired, otherwise an empty one.</summary>
    public AccountAttemptsState At(DateTimeOffset now) => now < ExpiresAt ? this : new();

    /// <summary>Whether the state is empty and need not be stored.</summary>
    public bool HasNothing() =>
        Strangers.Failures == 0 && Devices.Count == 0 && !Forgiven && !OwnerNotified;
}

/// <summary>The stored consecutive failures for an email without an account.</summary>
/// <param name="Of">The keyed hash of the email.</param>
/// <param name="Failures">The number of failures.</param>
/// <param name="LastAt">When the last failure was counted.</param>
public sealed record EmailAttemptsState(string Of, int Failures, DateTimeOffset LastAt);

/// <summary>The stored consecutive failures for one hash bucket of the emails without an account.</summary>
public sealed record UnknownEmailAttemptsState
{
    /// <summary>The emails. Bounded.</summary>
    public IReadOnlyList<EmailAttemptsState> Emails { get; init; } = [];

    /// <summary>When storage may delete the state.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The stored failures of an email.</summary>
    public int FailuresOf(string email) =>
        Emails.FirstOrDefault(known => known.Of == email)?.Failures ?? 0;
}
