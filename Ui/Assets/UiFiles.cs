using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Ui.Assets;

/// <summary>
/// The files of the pages, read from the assembly at the start. Scripts, styles and images live under a path
/// that carries the hash of them all: browsers keep them for good, and a new version has a new path. The
/// templates travel in the one page, each feature's in a file of its own.
/// </summary>
internal sealed class UiFiles
{
    private const string KeepForGood = "public, max-age=31536000, immutable";
    private const string KeepForADay = "public, max-age=86400";
    private const string KeepNothing = "no-store";
    private const string AssetsPrefix = "assets/";
    private const string TemplatesPrefix = "templates/";

    private readonly Dictionary<string, UiFile> _assets = new(StringComparer.Ordinal);

    /// <param name="apiOrigin">The API's origin; empty when it is the pages' own.</param>
    public UiFiles(string apiOrigin)
    {
        Assembly assembly = typeof(UiFiles).Assembly;
        string[] names = [.. assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)];
        Dictionary<string, byte[]> contents = names.ToDictionary(
            name => name,
            name => Read(assembly, name)
        );

        string version = Version(contents);
        AssetsPath = "/assets/" + version;
        foreach ((string name, byte[] content) in contents)
        {
            if (name.StartsWith(AssetsPrefix, StringComparison.Ordinal))
                _assets[name[AssetsPrefix.Length..]] = new(content, ContentType(name), KeepForGood);
        }

        contents["index.html"] = WithTemplates(contents);
        Page = Render(contents["index.html"], apiOrigin);
        NotFound = Render(contents["not-found.html"], apiOrigin);
        Plain = Encoding
            .UTF8.GetString(contents["plain.html"])
            .Replace("{{assets}}", AssetsPath, StringComparison.Ordinal);
        Icon = new(contents["assets/mark.svg"], ContentType("mark.svg"), KeepForADay);
        Robots = new(contents["robots.txt"], ContentType("robots.txt"), KeepForADay);
    }

    /// <summary>The path of the assets, without a slash at the end.</summary>
    public string AssetsPath { get; }

    /// <summary>The one page, whatever it shows.</summary>
    public UiFile Page { get; }

    /// <summary>What those see who are nowhere.</summary>
    public UiFile NotFound { get; }

    /// <summary>A page to be filled with a title and a main part.</summary>
    public string Plain { get; }

    /// <summary>The mark.</summary>
    public UiFile Icon { get; }

    /// <summary>What crawlers are told.</summary>
    public UiFile Robots { get; }

    /// <summary>An asset by its path below <see cref="AssetsPath"/>; null when there is none.</summary>
    public UiFile? Asset(string path) => _assets.GetValueOrDefault(path);

    private static byte[] WithTemplates(Dictionary<string, byte[]> contents)
    {
        IEnumerable<string> templates = contents
            .Where(content => content.Key.StartsWith(TemplatesPrefix, StringComparison.Ordinal))
            .OrderBy(content => content.Key, StringComparer.Ordinal)
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
        return new(Encoding.UTF8.GetBytes(page), ContentType("index.html"), KeepNothing);
    }

    private static string Version(Dictionary<string, byte[]> contents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
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
