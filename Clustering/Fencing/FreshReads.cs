namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Reads of the membership table that begin after they were requested. Callers that arrive during a read share the next
/// one.
/// </summary>
internal sealed class FreshReads(IMembershipTable table)
{
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes when a read that began after this call has ended.</summary>
    public Task Read(CancellationToken cancellationToken)
    {
        Task read;
        lock (_lock)
        {
            if (_next is null && _underWay.IsCompleted)
                _underWay = read = ReadTable();
            else
                read = _next ??= ReadAfter(_underWay);
        }
        return read.WaitAsync(cancellationToken);
    }

    private async Task ReadAfter(Task underWay)
    {
        await underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task read;
        lock (_lock)
        {
            _underWay = read = ReadTable();
            _next = null;
        }
        await read;
    }

    // Not on the first caller's scheduler: the read is shared by activations on other schedulers.
    private Task<MembershipTableData> ReadTable() =>
        Task.Run(() => table.ReadAllAsync(CancellationToken.None));
}
