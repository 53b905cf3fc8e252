using System.Buffers;
using System.Text;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Validates that a state name can name a collection, by MongoDB's naming rules.</summary>
internal static class CollectionNames
{
    // The limit in bytes for "database.collection".
    private const int MaxNamespaceBytes = 255;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("$\0");

    /// <exception cref="StorageRefusedException">The state name is not valid.</exception>
    public static void Require(MongoDBGrainStorageOptions options, string state)
    {
        string name = options.CollectionPrefix + state;
        int bytes =
            Encoding.UTF8.GetByteCount(options.DatabaseName) + 1 + Encoding.UTF8.GetByteCount(name);
        if (
            state.Length == 0
            || name.AsSpan().ContainsAny(Forbidden)
            || name.StartsWith('.')
            || name.EndsWith('.')
            || name.Contains("..", StringComparison.Ordinal)
            || name.StartsWith("system.", StringComparison.Ordinal)
            || bytes > MaxNamespaceBytes
        )
        {
            throw new StorageRefusedException(
                "The state's name cannot name a collection of MongoDB: it must not be empty, contain a $ or a null "
                    + "character, begin or end with a dot, have two dots in a row, begin with system. or be so long "
                    + $"that the names of the database and the collection exceed {MaxNamespaceBytes} bytes."
            );
        }
    }
}
