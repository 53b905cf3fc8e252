using SessionAuth.Settings;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Stores the grains of an embedded node in a file in <c>DATA_DIR</c>.</summary>
public sealed class SqliteProvider : IStorageProvider
{
    /// <inheritdoc/>
    public string? SelectedBy => null;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public void AddTo(ISiloBuilder silo, StoredStates states)
    {
        DataSettings settings = silo.Configuration.Read(new DataSettingsValidator());
        silo.AddSqliteGrainStorage(
            states.StorageName,
            options =>
            {
                options.DataDirectory = settings.Directory;
                options.KeyGenerator = states.Key;
                options.Model = states.Model;
            }
        );
    }

    /// <inheritdoc/>
    public void AddTo(IClientBuilder client) =>
        throw new NotSupportedException("An embedded node has no clients.");
}
