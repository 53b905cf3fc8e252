using SessionAuth.Domain.Applications;

namespace SessionAuth.Api.Proxied;

/// <summary>The application at whose host a request came.</summary>
/// <param name="Application">The application.</param>
/// <param name="Origin">The application's origin.</param>
internal sealed record ProxiedHost(Application Application, string Origin);
