using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>The secrets of a node that was given none: made once, kept beside its data, readable by its user alone.</summary>
internal static class EmbeddedSecrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="SettingsException">The secrets can be neither read nor kept.</exception>
    public static void FillIn(ApiSettings settings)
    {
        string path = Path.Combine(settings.DataDirectory, "secrets.json");
        try
        {
            Kept kept = File.Exists(path) ? Read(path) : Keep(new(New(), New(), New()), path);
            // A file from before there were data keys gets one, and keeps the rest.
            if (kept.DATA_KEYS is null)
                kept = Keep(kept with { DATA_KEYS = New() }, path);
            if (string.IsNullOrEmpty(settings.CookieSignature))
                settings.CookieSignature = kept.COOKIE_SIGNATURE;
            if (string.IsNullOrEmpty(settings.JwtSignature))
                settings.JwtSignature = kept.JWT_SIGNATURE;
            if (string.IsNullOrEmpty(settings.DataKeys))
                settings.DataKeys = kept.DATA_KEYS;
        }
        catch (JsonException)
        {
            throw new SettingsException(
                $"{path} is damaged: restore it from a backup, or delete it, which signs everybody out and makes authenticator apps useless."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"DATA_DIR cannot be used: {e.Message}");
        }
    }

    private static Kept Read(string path) =>
        JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), Strict)
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
