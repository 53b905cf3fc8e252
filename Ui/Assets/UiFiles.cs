using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Ui.Assets;

/// <summary>
/// The files of the pages, ready to be served. Scripts, styles and images are served under a path with a hash of them
/// all, so that browsers may cache them for ever: a new version has a new path. The templates, in one file for each
/// feature, are inserted into the page.
/// </summary>
internal sealed class UiFiles
{
    private const string CacheForever = "public, max-age=31536000, immutable";
    private const string CacheForADay = "public, max-age=86400";
    private const string NoStore = "no-store";
    private const string AssetsPrefix = "assets/";
    private const string TemplatesPrefix = "templates/";

    private readonly Dictionary<string, UiFile> _assets = new(StringComparer.Ordinal);

    /// <param name="read">The content of each file, by its path.</param>
    /// <param name="apiOrigin">The API's origin; empty when it is that of the pages.</param>
    public UiFiles(IReadOnlyDictionary<string, byte[]> read, string apiOrigin)
    {
        SortedDictionary<string, byte[]> contents = new(
            read.ToDictionary(),
            StringComparer.Ordinal
        );
        Version = VersionOf(contents);
        foreach ((string name, byte[] content) in contents)
        {
            if (name.StartsWith(AssetsPrefix, StringComparison.Ordinal))
                _assets[name[AssetsPrefix.Length..]] = new(
                    content,
                    ContentType(name),
                    CacheForever
                );
        }

        contents["index.html"] = WithTemplates(contents);
        Page = Render(contents["index.html"], apiOrigin);
        NotFound = Render(contents["not-found.html"], apiOrigin);
        Plain = Encoding
            .UTF8.GetString(contents["plain.html"])
            .Replace("{{assets}}", AssetsPath, StringComparison.Ordinal);
        Icon = new(contents["assets/mark.svg"], ContentType("mark.svg"), CacheForADay);
        Robots = new(contents["robots.txt"], ContentType("robots.txt"), CacheForADay);
    }

    /// <summary>The hash of all files, which is part of the path of the assets.</summary>
    public string Version { get; }

    /// <summary>The page of the single-page application.</summary>
    public UiFile Page { get; }

    /// <summary>The page for paths that do not exist.</summary>
    public UiFile NotFound { get; }

    /// <summary>A template of a static page, with placeholders for the title and the main part.</summary>
    public string Plain { get; }

    /// <summary>The favicon.</summary>
    public UiFile Icon { get; }

    /// <summary>The <c>robots.txt</c>.</summary>
    public UiFile Robots { get; }

    /// <summary>An asset by its path under that of the assets; null when it does not exist.</summary>
    public UiFile? Asset(string path) => _assets.GetValueOrDefault(path);

    private string AssetsPath => "/assets/" + Version;

    private static byte[] WithTemplates(SortedDictionary<string, byte[]> contents)
    {
        IEnumerable<string> templates = contents
            .Where(content => content.Key.StartsWith(TemplatesPrefix, StringComparison.Ordinal))
            .Select(content => Encoding.UTF8.GetString(content.Value));
        string page = Encoding.UTF8.GetString(contents["index.html"]);
        return Encoding.UTF8.GetBytes(
            page.Replace("{{templates}}", string.Concat(templates), StringComparison.Ordinal)
        );
    }

    private UiFile Render(byte[] template, string apiOrigin)
    {
        string page = Encoding
            .UTF8.GetString(template)
            .Replace("{{assets}}", AssetsPath, StringComparison.Ordinal)
            .Replace("{{api-origin}}", WebUtility.HtmlEncode(apiOrigin), StringComparison.Ordinal);
        return new(Encoding.UTF8.GetBytes(page), ContentType("index.html"), NoStore);
    }

    private static string VersionOf(SortedDictionary<string, byte[]> contents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static string ContentType(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
}
