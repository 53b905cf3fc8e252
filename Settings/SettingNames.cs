namespace SessionAuth.Settings;

/// <summary>The names of all settings, as <c>.env.example</c> lists them.</summary>
public static class SettingNames
{
    private static readonly Lazy<HashSet<string>> s_known = new(() =>
        new(Read(), StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>The names, compared without regard to case.</summary>
    public static IReadOnlySet<string> Known => s_known.Value;

    private static IEnumerable<string> Read()
    {
        using StreamReader example = new(
            typeof(SettingNames).Assembly.GetManifestResourceStream(".env.example")!
        );
        while (example.ReadLine() is { } line)
        {
            string text = line.TrimStart('#');
            int end = text.IndexOf('=', StringComparison.Ordinal);
            if (end > 0 && text[..end].All(c => char.IsAsciiLetterUpper(c) || c == '_'))
                yield return text[..end];
        }
    }
}
