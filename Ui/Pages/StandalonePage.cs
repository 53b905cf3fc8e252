using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Ui.Pages;

/// <summary>
/// The page for requests to a host name that is not one of the server's. It is self-contained, since no asset is
/// served for that host. It reflects nothing of the request, and links to the right URL.
/// </summary>
internal static class UnknownHostPage
{
    private const string StyleTag = "<style>";

    private static readonly string s_template = Read();

    /// <summary>The hash of its inline style, for the content security policy (CSP3 §6.7.2.2).</summary>
    public static string StyleHash { get; } =
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style(s_template))));

    /// <param name="url">The right URL.</param>
    public static string For(string url) =>
        s_template.Replace("{{url}}", WebUtility.HtmlEncode(url), StringComparison.Ordinal);

    private static string Style(string page)
    {
        int begin = page.IndexOf(StyleTag, StringComparison.Ordinal) + StyleTag.Length;
        return page[begin..page.IndexOf("</style>", StringComparison.Ordinal)];
    }

    private static string Read()
    {
        using Stream stream = typeof(UnknownHostPage).Assembly.GetManifestResourceStream(
            "unknown-host.html"
        )!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
