namespace SessionAuth.Domain.Leases;

/// <summary>One run of a process that answers checks from copies of standings.</summary>
/// <param name="Value">A random id.</param>
public readonly record struct HolderId(Guid Value);
