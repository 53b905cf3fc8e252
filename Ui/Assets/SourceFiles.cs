using System.Reflection;

namespace SessionAuth.Ui.Assets;

/// <summary>
/// The files of the pages from the project's directory, so that a developer sees a change after reloading the page.
/// Only a debug build has the path of the directory, and only in Development or under <c>dotnet watch</c> are the files
/// served from there.
/// </summary>
internal sealed class SourceFiles(string directory, string apiOrigin)
{
    // Skips hidden files, such as the swap files of editors.
    private static readonly EnumerationOptions s_all = new() { RecurseSubdirectories = true };

    private readonly Lock _lock = new();
    private UiFiles? _files;
    private Dictionary<string, (DateTime, long)> _readAt = [];

    /// <summary>The directory to serve files from; null to serve the files in the assembly.</summary>
    /// <param name="environment">The host's environment.</param>
    /// <param name="isWatched">Whether <c>dotnet watch</c> has started the process.</param>
    /// <param name="directory">The directory of the files when the assembly was built.</param>
    public static string? Directory(
        IHostEnvironment environment,
        bool isWatched,
        string? directory
    ) =>
        (environment.IsDevelopment() || isWatched) && System.IO.Directory.Exists(directory)
            ? directory
            : null;

    /// <summary>Whether <c>dotnet watch</c> has started this process.</summary>
    public static bool IsWatched { get; } =
        Environment.GetEnvironmentVariable("DOTNET_WATCH") == "1";

    /// <summary>The directory of the files when the assembly was built; null in a release.</summary>
    public static string? BuiltFrom { get; } =
        typeof(SourceFiles)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(metadata => metadata.Key == "PagesDirectory")
            ?.Value;

    /// <summary>The files, read again when one has changed.</summary>
    public UiFiles Current()
    {
        lock (_lock)
        {
            FileInfo[] files = new DirectoryInfo(directory).GetFiles("*", s_all);
            Dictionary<string, (DateTime, long)> seen = files.ToDictionary(
                file => file.FullName,
                file => (file.LastWriteTimeUtc, file.Length)
            );
            if (_files is null || !IsAsRead(seen))
            {
                _files = new(files.ToDictionary(Name, Content), apiOrigin);
                _readAt = seen;
            }
            return _files;
        }
    }

    private bool IsAsRead(Dictionary<string, (DateTime, long)> seen) =>
        seen.Count == _readAt.Count
        && seen.All(file => _readAt.TryGetValue(file.Key, out var read) && read == file.Value);

    private string Name(FileInfo file) =>
        Path.GetRelativePath(directory, file.FullName).Replace('\\', '/');

    private static byte[] Content(FileInfo file) => File.ReadAllBytes(file.FullName);
}
