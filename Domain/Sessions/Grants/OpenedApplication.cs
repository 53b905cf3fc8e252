using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>An application that a session was handed to, for the list of devices.</summary>
/// <param name="Application">The application.</param>
/// <param name="OpenedAt">When the first of its grants that are open was opened.</param>
public sealed record OpenedApplication(ClientId Application, DateTimeOffset OpenedAt);
