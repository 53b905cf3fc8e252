using System.Buffers;
using System.Text;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Which state names can name a collection, by MongoDB's rules for names.</summary>
internal static class CollectionNames
{
    // Of the database's name, a dot and the collection's.
    private const int LongestNamespace = 255;

    private static readonly SearchValues<char> Never = SearchValues.Create("$\0");

    /// <exception cref="StorageRefusedException">It cannot.</exception>
    public static void Require(MongoDBGrainStorageOptions options, string state)
    {
        string name = options.CollectionPrefix + state;
        int bytes =
            Encoding.UTF8.GetByteCount(options.DatabaseName) + 1 + Encoding.UTF8.GetByteCount(name);
        if (
            state.Length == 0
            || name.AsSpan().ContainsAny(Never)
            || name.StartsWith('.')
            || name.EndsWith('.')
            || name.Contains("..", StringComparison.Ordinal)
            || name.StartsWith("system.", StringComparison.Ordinal)
            || bytes > LongestNamespace
        )
        {
            throw new StorageRefusedException(
                "The state's name cannot name a collection of MongoDB: it must not be empty, have a $ or a null "
                    + "character in it, begin or end with a dot, have two dots in a row, begin with system. or be so "
                    + $"long that the database's name, a dot and the collection's have more than {LongestNamespace} bytes."
            );
        }
    }
}
