namespace SessionAuth.Grains.Interfaces.Registry;

/// <summary>The outcome of removing a key.</summary>
[GenerateSerializer, Alias("key-removal")]
public enum KeyRemoval
{
    /// <summary>No node uses it any more.</summary>
    Removed,

    /// <summary>There is no such key. If it was removed before, no node uses it any more.</summary>
    NotFound,

    /// <summary>It signs, and was not removed.</summary>
    Signing,
}
