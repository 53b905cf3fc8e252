namespace SessionAuth.Domain.Sessions;

/// <summary>The end of a session.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Reason">Why.</param>
public readonly record struct SessionEnd(DateTimeOffset At, SessionEndReason Reason);
