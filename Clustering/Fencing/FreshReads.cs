namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Reads of the membership table that begin after they were asked for. All who ask while one is under way share the
/// next one.
/// </summary>
internal sealed class FreshReads(IMembershipTable table)
{
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Returns when a read has ended that began after this call.</summary>
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

    // Not on the scheduler of whoever asked first: others wait for it too, whose grain may be on another.
    private Task<MembershipTableData> ReadTable() =>
        Task.Run(() => table.ReadAllAsync(CancellationToken.None));
}
