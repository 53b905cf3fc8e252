using SessionAuth.Domain.Applications;

namespace SessionAuth.Grains.Tests.Registry;

/// <summary>Applications of tests.</summary>
internal static class Applications
{
    public static Application Proxied(string id) =>
        new()
        {
            Id = ClientId.Parse(id),
            Name = id,
            Kind = ApplicationKind.Proxied,
            Origins = [$"https://{id}.example.com"],
        };
}
