using Microsoft.Extensions.Configuration;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Keeps the grains of a node that is alone in a file in <c>DATA_DIR</c>.</summary>
public sealed class SqliteProvider : IStorageProvider
{
    /// <inheritdoc/>
    public string? SelectedBy => null;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public void Validate(IConfiguration configuration)
    {
        // The directory is checked when it is made, at the start.
    }

    /// <inheritdoc/>
    public void AddTo(ISiloBuilder silo, StoredStates states) =>
        silo.AddSqliteGrainStorage(
            states.StorageName,
            options =>
            {
                if (silo.Configuration["DATA_DIR"] is { Length: > 0 } directory)
                    options.DataDirectory = directory;
                options.KeyGenerator = states.Key;
                options.Model = states.Model;
            }
        );

    /// <inheritdoc/>
    public void AddTo(IClientBuilder client) =>
        throw new NotSupportedException("Nothing finds the silo of a node that is alone.");
}
