using SessionAuth.Clustering.Fencing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>Reads of the membership table that several callers share.</summary>
public sealed class FreshReadsTests
{
    private readonly InjectedTable _table = new();
    private readonly TaskCompletionSource _answer = new();

    [Fact]
    public async Task Read_that_began_before_the_request_does_not_satisfy_it()
    {
        FreshReads reads = new(_table);
        _table.Reading = _answer.Task;
        Task first = reads.Read(default);
        Task second = reads.Read(default);
        Task third = reads.Read(default);

        _answer.SetResult();
        await Task.WhenAll(first, second, third);

        Assert.Equal(2, _table.Reads);
    }

    [Fact]
    public async Task Failed_read_fails_only_the_callers_that_waited_for_it()
    {
        FreshReads reads = new(_table);
        _table.Reading = _answer.Task;
        Task first = reads.Read(default);
        Task second = reads.Read(default);
        while (_table.Reads == 0)
            await Task.Yield();

        _table.Reading = Task.CompletedTask;
        _answer.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await second;
        await reads.Read(default);
    }
}
