using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SessionAuth.Settings.Secrets;

/// <summary>
/// Generated secrets of an embedded node: stored once beside its data, readable by the node's user only.
/// </summary>
public static class KeptSecrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions s_strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// Adds secrets that are not set to the configuration, and generates the file if it does not exist.
    /// </summary>
    /// <exception cref="SettingsException">The file can be neither read nor written.</exception>
    /// <exception cref="OptionsValidationException"><c>DATA_DIR</c> is not valid.</exception>
    public static void AddKeptSecrets(this IConfigurationManager configuration)
    {
        Kept kept = ReadOrMake(configuration.Read(new DataSettingsValidator()).Directory);
        KeyValuePair<string, string?>[] secrets =
        [
            new(nameof(kept.COOKIE_SIGNATURE), kept.COOKIE_SIGNATURE),
            new(nameof(kept.JWT_SIGNATURE), kept.JWT_SIGNATURE),
            new(nameof(kept.DATA_KEYS), kept.DATA_KEYS),
        ];
        configuration.AddInMemoryCollection(
            secrets.Where(secret => string.IsNullOrEmpty(configuration[secret.Key])).ToArray()
        );
    }

    private static Kept ReadOrMake(string directory)
    {
        string path = Path.Combine(directory, "secrets.json");
        try
        {
            Kept kept = File.Exists(path) ? Read(path) : Keep(new(New(), New(), New()), path);
            // Files of earlier versions have no data key.
            return kept.DATA_KEYS is null ? Keep(kept with { DATA_KEYS = New() }, path) : kept;
        }
        catch (JsonException)
        {
            throw new SettingsException(
                $"{path} is damaged: restore it from a backup, or delete it, which signs everyone out and makes authenticator apps useless."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"DATA_DIR cannot be used: {e.Message}");
        }
    }

    private static Kept Read(string path) =>
        JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), s_strict)
        ?? throw new JsonException();

    private static Kept Keep(Kept made, string path)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        string unfinished = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (FileStream file = new(unfinished, options))
        {
            JsonSerializer.Serialize(file, made);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return made;
    }

    private static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private sealed record Kept(
        string COOKIE_SIGNATURE,
        string JWT_SIGNATURE,
        string? DATA_KEYS = null
    );
}
