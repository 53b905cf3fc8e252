using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests;

/// <summary>A value in a state.</summary>
public abstract record StateValue(string Name)
{
    /// <summary>Stores the value as a state, as a member, in a list and under a key, and reads each back.</summary>
    public abstract Task AssertComesBack(IGrainStorage storage);

    /// <summary>Checks that the storage refuses each of these and stores nothing.</summary>
    public abstract Task AssertIsRefused(IGrainStorage storage);
}

public sealed record StateValue<T>(string Name, T Value) : StateValue(Name)
{
    private const string State = "documents";

    // Distinguishes kinds of time, scales of decimals and the sign of zero, which equality ignores.
    private static readonly JsonSerializerOptions s_exact = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    public override async Task AssertComesBack(IGrainStorage storage)
    {
        await ComesBack(storage, Value);
        await ComesBack(storage, new Box<T>(Value));
        await ComesBack(storage, new List<T> { Value, Value });
        await ComesBack(storage, new Dictionary<string, T> { ["key"] = Value });
    }

    public override async Task AssertIsRefused(IGrainStorage storage)
    {
        await IsRefused(storage, Value);
        await IsRefused(storage, new Box<T>(Value));
        await IsRefused(storage, new List<T> { Value });
        await IsRefused(storage, new Dictionary<string, T> { ["key"] = Value });
    }

    private static async Task ComesBack<TState>(IGrainStorage storage, TState value)
    {
        GrainId id = NewId();
        StateHolder<TState> written = new(value);
        await storage.WriteStateAsync(State, id, written);

        StateHolder<TState> read = new(default!);
        await storage.ReadStateAsync(State, id, read);

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(Exact(value), Exact(read.State));
    }

    private static async Task IsRefused<TState>(IGrainStorage storage, TState value)
    {
        GrainId id = NewId();
        StateHolder<TState> written = new(value);

        StorageRefusedException refused = await Assert.ThrowsAsync<StorageRefusedException>(() =>
            storage.WriteStateAsync(State, id, written)
        );

        Assert.Contains("cannot be stored: ", refused.Message, StringComparison.Ordinal);
        Assert.Null(written.ETag);
        Assert.False(written.RecordExists);
        StateHolder<Document> read = new(new());
        await storage.ReadStateAsync(State, id, read);
        Assert.False(read.RecordExists);
    }

    private static GrainId NewId() => GrainId.Create("document", Guid.NewGuid().ToString("N"));

    private static string Exact<TState>(TState state) => JsonSerializer.Serialize(state, s_exact);

    public override string ToString() => Name;

    private sealed class StateHolder<TState>(TState state) : IGrainState<TState>
    {
        [AllowNull]
        public TState State { get; set; } = state;

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}

public sealed record Box<T>(T Value);
