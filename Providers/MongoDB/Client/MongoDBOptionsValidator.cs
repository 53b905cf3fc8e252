using System.Buffers;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Validates the options before a connection is opened.</summary>
internal sealed class MongoDBOptionsValidator(MongoDBOptions options, string name)
    : IConfigurationValidator
{
    // What MongoDB refuses in database names on any operating system; a dot would separate a collection.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\. \"$*<>:|?\0");
    private static readonly SearchValues<char> NotInPrefixes = SearchValues.Create("$\0");

    public void ValidateConfiguration()
    {
        Require(
            options.DatabaseName.Length is > 0 and < 64
                && !options.DatabaseName.AsSpan().ContainsAny(NotInNames),
            "DatabaseName must have 1 to 63 characters, and none of /\\. \"$*<>:|?"
        );
        Require(
            !options.CollectionPrefix.AsSpan().ContainsAny(NotInPrefixes)
                && !options.CollectionPrefix.StartsWith("system.", StringComparison.Ordinal),
            "CollectionPrefix must not contain a $ nor begin with system."
        );
        Require(
            options.OperationTimeout > TimeSpan.Zero
                && options.OperationTimeout <= TimeSpan.FromMinutes(5),
            "OperationTimeout must be between zero and five minutes"
        );
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
            throw new OrleansConfigurationException($"MongoDB '{name}': {problem}.");
    }
}
