using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// Counts attempts at one kind of an account's secrets: password, authenticator codes, or recovery codes.
/// </summary>
/// <remarks>
/// <para>
/// The key is a <see cref="ThrottleKey"/>. An attempt counts from its beginning, so that concurrent attempts cannot
/// exceed the limit. Counts are durable before the attempt, and forgotten after a success or 30 days (NIST SP 800-63B-4
/// §3.2.2).
/// </para>
/// <para>
/// Attempts on known and on unknown devices have separate budgets, so that neither use up the other. The budget of
/// known devices is divided equally among them, so that no device uses up another's.
/// </para>
/// </remarks>
[Alias("account-throttle")]
public interface IAccountThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins an attempt.</summary>
    /// <param name="device">The known device that it is made on; null for an unknown one.</param>
    /// <returns>
    /// Null when allowed; else how long to wait. A known device that has used up its share may begin as an unknown one.
    /// </returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(KnownDevice? device);

    /// <summary>Ends an attempt that was allowed.</summary>
    /// <param name="device">The same as in <see cref="Begin"/>.</param>
    /// <param name="outcome">The outcome.</param>
    /// <returns>Whether to notify the user of the failures: true until <see cref="MarkOwnerNotified"/>.</returns>
    [Alias("finish")]
    Task<bool> Finish(KnownDevice? device, AttemptOutcome outcome);

    /// <summary>Records that the user was notified of the current failures in a row. Idempotent.</summary>
    [Alias("mark-owner-notified")]
    Task MarkOwnerNotified();

    /// <summary>Clears all failures: the secret was right, or was replaced. Idempotent.</summary>
    [Alias("clear")]
    Task Clear();

    /// <summary>
    /// Clears the failures from unknown devices after a password reset, and lowers their limit. Only once until the
    /// next success: an attacker who reads the user's emails could otherwise guess codes without limit. Idempotent.
    /// </summary>
    [Alias("forgive-once")]
    Task ForgiveOnce();
}
