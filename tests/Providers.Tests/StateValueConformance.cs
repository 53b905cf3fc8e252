using System.Text.Json;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests;

/// <summary>
/// Which values a grain storage returns unchanged and which it refuses before writing. A provider subclasses it, opens
/// a store and lists what it refuses.
/// </summary>
public abstract class StateValueConformance : IAsyncLifetime
{
    protected const string State = "documents";

    private static readonly JsonSerializerOptions s_deep = new() { MaxDepth = 1000 };

    /// <summary>An empty store.</summary>
    protected IGrainStorage Storage { get; private set; } = null!;

    /// <summary>Values that this storage refuses and others do not.</summary>
    protected abstract IReadOnlyList<StateValue> Refuses { get; }

    /// <summary>Opens an empty store; called once for each test.</summary>
    /// <param name="deepest">The maximum nesting depth of states as JSON.</param>
    protected abstract Task<IGrainStorage> OpenAsync(int deepest);

    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => Storage = await OpenAsync(deepest: 1000);

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public Task Supported_values_are_returned_unchanged_and_the_others_are_refused() =>
        AssertEach(
            [.. StateValues.Kept, .. StateValues.NotForMongo],
            value =>
                Refuses.Contains(value)
                    ? value.AssertIsRefused(Storage)
                    : value.AssertComesBack(Storage)
        );

    [Fact]
    public Task Values_that_no_storage_can_return_are_refused() =>
        AssertEach(StateValues.Refused, value => value.AssertIsRefused(Storage));

    [Fact]
    public async Task Nested_state_is_returned_unchanged_or_refused_at_any_depth()
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

    /// <summary>The nesting depth beyond which states are refused.</summary>
    protected abstract int DeepestNesting { get; }

    // One store for all values: a store for each would take a minute.
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
