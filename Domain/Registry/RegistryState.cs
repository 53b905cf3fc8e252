using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Domain.Registry;

/// <summary>The stored state of the registry.</summary>
public sealed record RegistryState
{
    /// <summary>Grows with each change.</summary>
    public long Version { get; init; }

    /// <summary>The registered applications.</summary>
    public IReadOnlyList<RegisteredApplication> Applications { get; init; } = [];

    /// <summary>The keys that sign tokens, encrypted; none before the registry was first used.</summary>
    public IReadOnlyList<StoredKey> Keys { get; init; } = [];

    /// <summary>The applications, for look-up.</summary>
    public ApplicationSet ApplicationSet() => new(Applications.Select(entry => entry.Application));

    /// <summary>All applications when those from files are replaced.</summary>
    /// <param name="file">The applications in the file.</param>
    public IReadOnlyList<Application> WhenFileIs(IReadOnlyList<Application> file) =>
        [.. file, .. OfCalls().Select(entry => entry.Application)];

    /// <summary>Replaces the applications from files. The rules hold for <see cref="WhenFileIs"/>.</summary>
    /// <param name="file">The applications in the file.</param>
    /// <returns>The next state; null when the file says what is stored.</returns>
    public RegistryState? WithFile(IReadOnlyList<Application> file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Application[] before =
        [
            .. Applications.Where(entry => entry.IsReadOnly()).Select(entry => entry.Application),
        ];
        bool isSame =
            before.Length == file.Count
            && before.Zip(file).All(pair => pair.First.IsSame(pair.Second));
        return isSame
            ? null
            : this with
            {
                Applications =
                [
                    .. file.Select(application => new RegisteredApplication(
                        ApplicationSource.File,
                        application
                    )),
                    .. OfCalls(),
                ],
            };
    }

    private IEnumerable<RegisteredApplication> OfCalls() =>
        Applications.Where(entry => !entry.IsReadOnly());
}
