using System.Collections.Frozen;

namespace SessionAuth.Grains.Passwords;

/// <summary>A deny list of the most common passwords: the dictionary embedded in zxcvbn.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> List = Load();

    public static bool Contains(string password) => List.Contains(password.ToLowerInvariant());

    private static FrozenSet<string> Load()
    {
        const string Resource = "zxcvbn-core.Dictionaries.passwords.lst";
        using Stream stream =
            typeof(Zxcvbn.Zxcvbn).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("zxcvbn has no embedded password dictionary.");
        using StreamReader reader = new(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
