using System.Collections.Frozen;

namespace SessionAuth.Domain.Applications;

/// <summary>The registered applications, for look-up. Immutable.</summary>
public sealed class ApplicationSet
{
    private readonly FrozenDictionary<ClientId, Application> _byId;
    private readonly FrozenDictionary<string, Application> _byOrigin;

    /// <param name="applications">The applications; no two have the same id or, if proxied, the same origin.</param>
    public ApplicationSet(IEnumerable<Application> applications)
    {
        _byId = applications.ToFrozenDictionary(application => application.Id);
        _byOrigin = _byId
            .Values.Where(application => application.Kind == ApplicationKind.Proxied)
            .SelectMany(application => application.Origins.Select(origin => (origin, application)))
            .ToFrozenDictionary(
                pair => pair.origin,
                pair => pair.application,
                StringComparer.Ordinal
            );
    }

    /// <summary>No applications.</summary>
    public static ApplicationSet None { get; } = new([]);

    /// <summary>All of them, in no particular order.</summary>
    public IReadOnlyList<Application> All => _byId.Values;

    /// <summary>The application with an id; null when there is none.</summary>
    public Application? Find(ClientId id) => _byId.GetValueOrDefault(id);

    /// <summary>The proxied application at an origin, such as <c>https://shop.example.com</c>; null when there is none.</summary>
    public Application? AtOrigin(string origin) => _byOrigin.GetValueOrDefault(origin);
}
