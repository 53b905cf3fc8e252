using SessionAuth.Clustering.Fencing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>Reads of the membership table that many wait for.</summary>
public sealed class FreshReadsTests
{
    private readonly InjectedTable _table = new();
    private readonly TaskCompletionSource _answer = new();

    [Fact]
    public async Task A_read_that_began_before_it_was_asked_for_is_not_enough()
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
    public async Task A_read_that_fails_fails_those_who_waited_for_it_alone()
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
