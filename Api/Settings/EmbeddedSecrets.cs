using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace SessionAuth.Api.Settings;

/// <summary>The secrets of a node that was given none: made once, kept beside its data, readable by its user alone.</summary>
internal static class EmbeddedSecrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void FillIn(ApiSettings settings)
    {
        Kept kept = ReadOrMake(Path.Combine(settings.DataDirectory, "secrets.json"));
        settings.CookieSignature ??= kept.COOKIE_SIGNATURE;
        settings.JwtSignature ??= kept.JWT_SIGNATURE;
    }

    private static Kept ReadOrMake(string path)
    {
        if (File.Exists(path))
            return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path))
                ?? throw new SettingsException($"{path} cannot be read: restore it from a backup.");

        Kept made = new(New(), New());
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

        File.Move(unfinished, path);
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

    private sealed record Kept(string COOKIE_SIGNATURE, string JWT_SIGNATURE);
}
