using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// Counts attempts at unknown emails as those at accounts are counted, so that throttling does not allow user
/// enumeration.
/// </summary>
/// <remarks>
/// The key is a <see cref="ThrottleKey"/>: each grain counts for a share of all emails, and for a bounded number of
/// them at a time, so that attacks use bounded memory and storage. Emails are identified by a keyed hash: the input may
/// be another person's email, or a password typed into the wrong field.
/// </remarks>
[Alias("unknown-email-throttle")]
public interface IUnknownEmailThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins an attempt.</summary>
    /// <param name="email">The keyed hash of the email.</param>
    /// <returns>Null when allowed; else how long to wait.</returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(string email);

    /// <summary>Ends an attempt that was allowed.</summary>
    [Alias("finish")]
    Task Finish(string email, AttemptOutcome outcome);
}
