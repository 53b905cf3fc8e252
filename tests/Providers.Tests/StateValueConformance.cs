using System.Text.Json;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests;

/// <summary>
/// What comes back from a grain storage as it was, and what is refused before it is written. A provider subclasses it,
/// opens a store and says what it cannot have.
/// </summary>
public abstract class StateValueConformance : IAsyncLifetime
{
    protected const string State = "documents";

    private static readonly JsonSerializerOptions s_deep = new() { MaxDepth = 1000 };

    /// <summary>An empty store.</summary>
    protected IGrainStorage Storage { get; private set; } = null!;

    /// <summary>What this storage refuses and others do not.</summary>
    protected abstract IReadOnlyList<StateValue> Refuses { get; }

    /// <summary>Opens an empty store; called once for each test.</summary>
    /// <param name="deepest">How deeply states may be nested as JSON.</param>
    protected abstract Task<IGrainStorage> OpenAsync(int deepest);

    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => Storage = await OpenAsync(deepest: 1000);

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public Task What_comes_back_is_what_was_stored_and_what_would_not_is_refused() =>
        AssertEach(
            [.. StateValues.Kept, .. StateValues.NotForMongo],
            value =>
                Refuses.Contains(value)
                    ? value.AssertIsRefused(Storage)
                    : value.AssertComesBack(Storage)
        );

    [Fact]
    public Task What_no_storage_can_give_back_is_refused() =>
        AssertEach(StateValues.Refused, value => value.AssertIsRefused(Storage));

    [Fact]
    public async Task A_nested_state_comes_back_or_is_refused_however_deep_it_is()
    {
        foreach (int levels in new[] { 50, 64, 80, 88, 92, 100, 150, 300 })
        {
            StateValue nested = StateValues.Value(
                $"{levels} levels",
                JsonSerializer.Deserialize<JsonElement>(StateValues.Nested(levels), s_deep)
            );
            // A box is a level, and a list is one.
            if (levels < DeepestNesting)
                await nested.AssertComesBack(Storage);
            else
                await nested.AssertIsRefused(Storage);
        }
    }

    /// <summary>States that are nested more deeply are refused.</summary>
    protected abstract int DeepestNesting { get; }

    // One store for all of them: a store for each would take a minute.
    private static async Task AssertEach(
        IReadOnlyList<StateValue> values,
        Func<StateValue, Task> assert
    )
    {
        List<string> failures = [];
        foreach (StateValue value in values)
        {
            Exception? failure = await Record.ExceptionAsync(() => assert(value));
            if (failure is not null)
                failures.Add($"{value.Name}: {failure.Message}");
        }
        Assert.Empty(failures);
    }
}
