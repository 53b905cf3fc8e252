using Orleans.Concurrency;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;

namespace SessionAuth.Grains.Interfaces.Registry;

/// <summary>What all nodes have to agree on: the registered applications, and the keys that sign tokens.</summary>
/// <remarks>
/// <para>There is one: its key is <see cref="Key"/>. Each node has a copy, and asks for changes every second.</para>
/// <para>
/// A change that takes something away, such as an application or one of its redirect addresses, is answered when no copy
/// is used any more that has it: each holder has the new version, or may not use its copy any more. Any other change is
/// answered when it is stored.
/// </para>
/// </remarks>
[Alias("registry")]
public interface IRegistryGrain : IGrainWithStringKey
{
    /// <summary>The key of the only registry.</summary>
    public const string Key = "registry";

    /// <summary>
    /// Asks for changes, and for the right to use the copy. With the question, the holder says that it uses no other
    /// version than <paramref name="known"/>, whatever it still receives in answer to earlier questions.
    /// </summary>
    /// <param name="holder">The holder.</param>
    /// <param name="known">The version of its copy; null when it has none.</param>
    [Alias("ask"), AlwaysInterleave]
    Task<RegistryAnswer> Ask(HolderId holder, long? known);

    /// <summary>
    /// Replaces the applications that come from files by those of another file. Idempotent: repeat it when it fails.
    /// </summary>
    /// <param name="applications">All applications in the file.</param>
    /// <returns>What is wrong with them, in which case nothing has changed; empty when they hold.</returns>
    [Alias("replace-file")]
    Task<IReadOnlyList<string>> ReplaceFile(IReadOnlyList<Application> applications);

    /// <summary>The keys, without their private parts, in the order in which they sign.</summary>
    [Alias("list-keys"), AlwaysInterleave]
    Task<IReadOnlyList<KeyDescription>> ListKeys();

    /// <summary>Adds a new key. Idempotent: repeat it when it fails.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="signsAfter">
    /// For how long it is published before it signs, at most <see cref="KeySet.LongestSignsAfter"/>.
    /// </param>
    /// <returns>The key; null when there are <see cref="KeySet.MostKeys"/>.</returns>
    [Alias("add-key")]
    Task<KeyDescription?> AddKey(KeyId id, TimeSpan signsAfter);

    /// <summary>
    /// Removes a key: whatever was made with it is refused on every node when this is answered. Idempotent: repeat it
    /// when it fails.
    /// </summary>
    [Alias("remove-key")]
    Task<KeyRemoval> RemoveKey(KeyId id);
}
