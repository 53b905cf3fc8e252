using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Keys;

namespace SessionAuth.Grains.Tests.Registry.Keys;

/// <summary>What a node has for values that name their key.</summary>
internal sealed class KeyNode : IDisposable
{
    private readonly FakeTimeProvider _clock;
    private readonly SealedValues _sealed;
    private readonly SignedValues _signed;

    private KeyNode(ControlledRegistry registry, FakeTimeProvider clock)
    {
        _clock = clock;
        Copy = new(registry.Grains, clock);
        HeldKeys keys = new(Copy, new(Copy, clock), clock);
        _sealed = new(keys);
        _signed = new(keys);
    }

    public RegistryCopy Copy { get; }

    /// <summary>A node that has asked the registry once.</summary>
    public static async Task<KeyNode> Start(ControlledRegistry registry, FakeTimeProvider clock)
    {
        KeyNode node = new(registry, clock);
        await node.Poll();
        return node;
    }

    /// <summary>Asks the registry for changes, as each node does every second.</summary>
    public Task Poll() => Copy.Refresh(CancellationToken.None);

    public string Make(ValueKind kind, string purpose, ReadOnlySpan<byte> content) =>
        kind == ValueKind.Sealed ? _sealed.Seal(purpose, content) : _signed.Sign(purpose, content);

    /// <summary>Starts to read a value. Content is in hexadecimal.</summary>
    public async Task<(OpenOutcome Outcome, string? Content)> Begin(
        ValueKind kind,
        string purpose,
        string value,
        CancellationToken cancellationToken = default
    )
    {
        (OpenOutcome outcome, byte[]? content) = await (
            kind == ValueKind.Sealed
                ? _sealed.Open(purpose, value, cancellationToken)
                : _signed.Read(purpose, value, cancellationToken)
        );
        return (outcome, content is null ? null : Convert.ToHexString(content));
    }

    /// <summary>Reads a value, while time passes.</summary>
    public Task<(OpenOutcome Outcome, string? Content)> Read(
        ValueKind kind,
        string purpose,
        string value
    ) => WhileTimePasses(Begin(kind, purpose, value));

    public async Task<T> WhileTimePasses<T>(Task<T> task)
    {
        await Eventually.Holds(() =>
        {
            if (!task.IsCompleted)
                _clock.Advance(TimeSpan.FromMilliseconds(500));
            return task.IsCompleted;
        });
        return await task;
    }

    public void Dispose() => Copy.Dispose();
}

/// <summary>Sealed values and signed values, which keep the same rules.</summary>
public enum ValueKind
{
    Sealed,

    [SuppressMessage("Naming", "CA1720", Justification = "It is no type here.")]
    Signed,
}
