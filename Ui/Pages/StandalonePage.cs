using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Ui.Pages;

/// <summary>
/// A page at a host for which no asset is served: a host name that is not one of the server's, or that of an application.
/// It is self-contained, and has nothing but a text and a link.
/// </summary>
/// <param name="Title">The title, as plain text.</param>
/// <param name="Text">What has happened and what to do, as plain text.</param>
/// <param name="Url">Where the link leads, out of any frame.</param>
/// <param name="Link">The text of the link; null for its URL.</param>
public sealed record StandalonePage(string Title, string Text, string Url, string? Link = null)
{
    private const string StyleTag = "<style>";

    private static readonly string s_template = Read();

    /// <summary>The hash of its inline style, for the content security policy (CSP3 §6.7.2.2).</summary>
    internal static string StyleHash { get; } =
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style(s_template))));

    /// <summary>The page for requests to a host name that is not one of the server's.</summary>
    /// <param name="url">The right URL.</param>
    internal static StandalonePage UnknownHost(string url) =>
        new("Wrong address", "This site is not available at the address you used. Go to:", url);

    /// <summary>The page as HTML.</summary>
    internal string Html() =>
        s_template
            .Replace("{{title}}", WebUtility.HtmlEncode(Title), StringComparison.Ordinal)
            .Replace("{{text}}", WebUtility.HtmlEncode(Text), StringComparison.Ordinal)
            .Replace("{{link}}", WebUtility.HtmlEncode(Link ?? Url), StringComparison.Ordinal)
            // Last: it may contain what looks like another member.
            .Replace("{{url}}", WebUtility.HtmlEncode(Url), StringComparison.Ordinal);

    private static string Style(string page)
    {
        int begin = page.IndexOf(StyleTag, StringComparison.Ordinal) + StyleTag.Length;
        return page[begin..page.IndexOf("</style>", StringComparison.Ordinal)];
    }

    private static string Read()
    {
        using Stream stream = typeof(StandalonePage).Assembly.GetManifestResourceStream(
            "standalone.html"
        )!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
