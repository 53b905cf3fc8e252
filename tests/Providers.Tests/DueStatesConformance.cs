using Orleans.Storage;

namespace SessionAuth.Providers.Tests;

/// <summary>The rules for finding scheduled work in a storage. A provider subclasses it and opens a store.</summary>
public abstract class DueStatesConformance : IAsyncLifetime
{
    /// <summary>The state name whose scheduled work is indexed.</summary>
    protected const string State = "documents";

    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The document's id in the results.</summary>
    protected static readonly Func<GrainId, string> Key = grain => grain.Key.ToString()!;

    private IGrainStorage _storage = null!;
    private IScheduledWork _due = null!;

    /// <summary>Opens an empty store; called once for each test.</summary>
    protected abstract Task<(IGrainStorage Storage, IScheduledWork Due)> OpenAsync();

    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => (_storage, _due) = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task Due_states_are_found_earliest_first_and_no_others()
    {
        await Insert("now", s_now);
        await Insert("tomorrow", s_now.AddDays(1));
        await Insert("a moment later", s_now.AddMilliseconds(1));
        await Insert("yesterday", s_now.AddDays(-1));
        await Insert("a second ago", s_now.AddSeconds(-1));
        await Insert("half a second ago", s_now.AddSeconds(-0.5));
        await Insert("never", null);

        Assert.Equal(
            ["yesterday", "a second ago", "half a second ago", "now"],
            (await Find()).Select(due => due.Key)
        );
    }

    [Fact]
    public async Task Time_is_returned_regardless_of_its_original_offset()
    {
        DateTimeOffset elsewhere = new(2026, 5, 4, 12, 30, 0, 250, TimeSpan.FromHours(2));
        await Insert("elsewhere", elsewhere);
        await Insert("here", s_now);

        IReadOnlyList<ScheduledState> found = await Find();

        Assert.Equal([new("elsewhere", elsewhere), new("here", s_now)], found);
    }

    [Fact]
    public async Task Time_between_two_milliseconds_is_due_once_it_has_come()
    {
        DateTimeOffset time = s_now.AddTicks(6789);
        await Insert("between", time);

        Assert.Single(await _due.Find(State, time, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Pages_have_no_gaps_where_many_states_are_due_at_one_time()
    {
        string[] keys = [.. Enumerable.Range(0, 25).Select(n => $"{n:D2}")];
        await Task.WhenAll(
            keys.Select((key, n) => Insert(key, n % 5 == 0 ? s_now.AddDays(-1) : s_now))
        );

        List<ScheduledState> all = [];
        IReadOnlyList<ScheduledState> page;
        do
        {
            page = await Find(all.LastOrDefault(), limit: 4);
            all.AddRange(page);
        } while (page.Count == 4);

        Assert.Equal(
            keys.OrderBy(key => int.Parse(key, null) % 5 == 0 ? 0 : 1).ThenBy(key => key),
            all.Select(due => due.Key)
        );
    }

    [Fact]
    public async Task Postponed_finished_and_cleared_states_are_no_longer_found()
    {
        DocumentState later = await Insert("later", s_now);
        DocumentState done = await Insert("done", s_now);
        DocumentState cleared = await Insert("cleared", s_now);

        later.State.DueAt = s_now.AddMinutes(1);
        await _storage.WriteStateAsync(State, Id("later"), later);
        done.State.DueAt = null;
        await _storage.WriteStateAsync(State, Id("done"), done);
        await _storage.ClearStateAsync(State, Id("cleared"), cleared);

        Assert.Empty(await Find());
    }

    [Fact]
    public async Task State_that_was_never_written_has_nothing_due() =>
        Assert.Empty(await _due.Find("nothing", s_now, null, 10, CancellationToken.None));

    [Fact]
    public async Task Other_states_are_not_found()
    {
        await Insert("same", s_now, "others");

        Assert.Empty(await Find());
        Assert.Single(await _due.Find("others", s_now, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_query_ends()
    {
        await Insert("ada", s_now);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _due.Find(State, s_now, null, 10, new CancellationToken(canceled: true))
        );
    }

    private static GrainId Id(string key) => GrainId.Create("document", key);

    private Task<IReadOnlyList<ScheduledState>> Find(
        ScheduledState? after = null,
        int limit = 100
    ) => _due.Find(State, s_now, after, limit, CancellationToken.None);

    private async Task<DocumentState> Insert(
        string key,
        DateTimeOffset? dueAt,
        string state = State
    )
    {
        DocumentState held = new(new Document { DueAt = dueAt });
        await _storage.WriteStateAsync(state, Id(key), held);
        return held;
    }
}
