using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Registry;

/// <summary>Where the entry of an application comes from.</summary>
public enum ApplicationSource
{
    /// <summary>The file of the operator. It is changed there only.</summary>
    File,

    /// <summary>A call.</summary>
    Call,
}

/// <summary>An application in the registry.</summary>
/// <param name="Source">Where the entry comes from.</param>
/// <param name="Application">The application.</param>
public sealed record RegisteredApplication(ApplicationSource Source, Application Application)
{
    /// <summary>Whether the entry can be changed by calls.</summary>
    public bool IsReadOnly() => Source == ApplicationSource.File;
}
