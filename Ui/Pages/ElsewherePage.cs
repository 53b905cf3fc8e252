using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Ui.Pages;

/// <summary>
/// The page for those who come by a name that is none of the server's. It is whole in itself: no file is served by that
/// name. It says nothing of what was asked, only the right address.
/// </summary>
internal static class ElsewherePage
{
    private const string StyleBegins = "<style>";

    private static readonly string s_template = Read();

    /// <summary>The hash of its one style, which the browser compares (CSP3 §6.7.2.2).</summary>
    public static string StyleHash { get; } =
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style(s_template))));

    /// <param name="address">The right address.</param>
    public static string For(string address) =>
        s_template.Replace("{{address}}", WebUtility.HtmlEncode(address), StringComparison.Ordinal);

    private static string Style(string page)
    {
        int begin = page.IndexOf(StyleBegins, StringComparison.Ordinal) + StyleBegins.Length;
        return page[begin..page.IndexOf("</style>", StringComparison.Ordinal)];
    }

    private static string Read()
    {
        using Stream stream = typeof(ElsewherePage).Assembly.GetManifestResourceStream(
            "elsewhere.html"
        )!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
