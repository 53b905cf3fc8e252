using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// Counts the passwords that are tried at addresses that nobody owns, as those of accounts are counted, so that waiting
/// tells nobody which addresses have one.
/// </summary>
/// <remarks>
/// The key is a <see cref="ThrottleKey"/>: each grain counts for a share of all addresses, and for a bounded number of
/// them at a time, so that guesses leave a bounded number of activations and documents. Addresses go by a keyed hash:
/// what is typed into that field may be a stranger's address, or a password.
/// </remarks>
[Alias("nobody-throttle")]
public interface INobodyThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins a try.</summary>
    /// <param name="address">The keyed hash of the address.</param>
    /// <returns>Null when it may go on; else for how long to wait before another.</returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(string address);

    /// <summary>Ends a try that was allowed to go on.</summary>
    [Alias("finish")]
    Task Finish(string address, TryOutcome outcome);
}
