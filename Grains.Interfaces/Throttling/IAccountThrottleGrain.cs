using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// Counts the tries at one kind of an account's secrets: its passwords, its authenticator codes, or its recovery codes.
/// </summary>
/// <remarks>
/// <para>
/// The key is a <see cref="ThrottleKey"/>. A try that has begun holds its place, so that tries at the same moment cannot
/// outrun the count. All is counted durably, before the try, and forgotten after a success or 30 days (NIST SP 800-63B-4
/// §3.2.2).
/// </para>
/// <para>
/// Tries on known devices and those of strangers are counted apart, so that neither use up what the others have. The
/// failures in a row that all known devices may have are shared out equally among them: no device can use up another's.
/// </para>
/// </remarks>
[Alias("account-throttle")]
public interface IAccountThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins a try.</summary>
    /// <param name="device">The known device that it is made on; null for a stranger's.</param>
    /// <returns>
    /// Null when it may go on; else for how long to wait before another. A device that has used its share up may try as
    /// a stranger.
    /// </returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(KnownDevice? device);

    /// <summary>Ends a try that was allowed to go on.</summary>
    /// <param name="device">As it was begun.</param>
    /// <param name="outcome">How it ended.</param>
    /// <returns>Whether the owner is to be told of the failures: true until <see cref="OwnerTold"/>.</returns>
    [Alias("finish")]
    Task<bool> Finish(KnownDevice? device, TryOutcome outcome);

    /// <summary>The owner has been told of the failures in this row. Safe to repeat.</summary>
    [Alias("owner-told")]
    Task OwnerTold();

    /// <summary>Forgets all failures: the secret is right, or a new one. Safe to repeat.</summary>
    [Alias("clear")]
    Task Clear();

    /// <summary>
    /// Forgets the failures of strangers because the account's password was reset by mail, and allows fewer than before.
    /// It does so once, and again only after a right secret: whoever reads the owner's mail could otherwise guess codes
    /// without end. Safe to repeat.
    /// </summary>
    [Alias("forgive-once")]
    Task ForgiveOnce();
}
