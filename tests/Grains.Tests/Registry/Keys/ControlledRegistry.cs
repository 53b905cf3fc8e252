using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces.Registry;

namespace SessionAuth.Grains.Tests.Registry.Keys;

/// <summary>A registry whose keys a test sets, and whose answers it can hold back.</summary>
internal sealed class ControlledRegistry : IRegistryGrain
{
    private readonly ConcurrentQueue<DateTimeOffset> _asked = new();
    private readonly TimeProvider _clock;
    private RegistryContent _content;

    public ControlledRegistry(TimeProvider clock)
    {
        _clock = clock;
        _content = new(1, new([]), KeySet.New(clock.GetUtcNow()));
    }

    public KeySet Keys
    {
        get => _content.Keys;
        set => _content = new(_content.Version + 1, _content.Applications, value);
    }

    public int Questions => _asked.Count;

    /// <summary>When it was asked.</summary>
    public IReadOnlyList<DateTimeOffset> AskedAt => [.. _asked];

    /// <summary>Whether questions are not answered.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>What questions wait for, with the answer of the time at which they were asked.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>The right that comes with each answer.</summary>
    public TimeSpan UsableFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The ids in the files that it was given.</summary>
    public ConcurrentQueue<string[]> Files { get; } = [];

    public IGrainFactory Grains => RegistryFactory.Of(this);

    public async Task<RegistryAnswer> Ask(HolderId holder, long? known)
    {
        _asked.Enqueue(_clock.GetUtcNow());
        if (IsUnreachable)
            throw new TimeoutException();
        RegistryContent content = _content;
        await Held;
        return new(content.Version == known ? null : content, UsableFor);
    }

    /// <summary>Keeps the file, and sets the applications.</summary>
    public async Task<IReadOnlyList<string>> ReplaceFile(IReadOnlyList<Application> applications)
    {
        await Held;
        if (IsUnreachable)
            throw new TimeoutException();
        Files.Enqueue([.. applications.Select(application => application.Id.Value)]);
        _content = _content with
        {
            Version = _content.Version + 1,
            Applications = new(applications),
        };
        return [];
    }

    public Task<IReadOnlyList<KeyDescription>> ListKeys() => throw new NotSupportedException();

    public Task<KeyDescription?> AddKey(KeyId id, TimeSpan signsAfter) =>
        throw new NotSupportedException();

    public Task<KeyRemoval> RemoveKey(KeyId id) => throw new NotSupportedException();

    /// <summary>A grain factory that knows the registry alone.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "A proxy is a subclass.")]
    public class RegistryFactory : DispatchProxy
    {
        private object _registry = null!;

        internal static IGrainFactory Of(ControlledRegistry registry)
        {
            IGrainFactory grains = Create<IGrainFactory, RegistryFactory>();
            ((RegistryFactory)(object)grains)._registry = registry;
            return grains;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _registry;
    }
}
