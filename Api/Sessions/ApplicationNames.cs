using SessionAuth.Domain.Applications;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Sessions;

/// <summary>The names of applications for people. An outdated copy of the registry does no harm here.</summary>
internal sealed class ApplicationNames(RegistryCopy registry)
{
    /// <summary>The name of an application; its id, if it is not registered any more.</summary>
    public string Of(ClientId application) =>
        registry.Newest?.Applications.Find(application)?.Name ?? application.Value;
}
