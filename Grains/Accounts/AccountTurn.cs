using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// An asynchronous FIFO lock that serializes the changes of an account. Reads and password checks do not take it, and
/// interleave.
/// </summary>
/// <remarks>
/// A non-reentrant grain would not do: a call that verifies a password while others proceed could not become exclusive
/// afterwards. A deactivating grain waits for its running calls, including those that wait for the lock.
/// </remarks>
/// <param name="clock">The clock.</param>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A SemaphoreSlim has something to dispose of only where its wait handle is used."
)]
internal sealed class AccountTurn(TimeProvider clock)
{
    // About the response timeout of a grain call: the caller has given up by then.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Runs work while holding the lock, which is not recursive.</summary>
    /// <exception cref="TimeoutException">The lock was not free in time; the work was not run.</exception>
    public async Task<T> Run<T>(Func<Task<T>> work)
    {
        if (!_free.Wait(0))
            await WaitForOthers();

        try
        {
            return await work();
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task WaitForOthers()
    {
        using CancellationTokenSource patience = new(s_longestWait, clock);
        try
        {
            await _free.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("Earlier calls of the account take too long.", e);
        }
    }
}
