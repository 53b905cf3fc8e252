using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Domain.Registry;

/// <summary>What all nodes of a cluster have to agree on, beside users and sessions. Immutable.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Applications">The registered applications.</param>
/// <param name="Keys">The keys that sign tokens.</param>
public sealed record RegistryContent(long Version, ApplicationSet Applications, KeySet Keys);
