namespace SessionAuth.Domain.Sessions;

/// <summary>The end of a session.</summary>
/// <param name="At">When the session ended.</param>
/// <param name="Reason">Why it ended.</param>
public readonly record struct SessionEnd(DateTimeOffset At, SessionEndReason Reason);
