using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Development;

/// <summary>
/// <c>GET /dev/mail</c>: the emails of an embedded node without a mail server. Their links give access to accounts, so
/// the page is available only on this machine; for other clients the path does not exist.
/// </summary>
/// <remarks>
/// Runs before the other middleware, so that requests that it does not answer are handled like any unknown path.
/// </remarks>
internal sealed class MailboxPage(IGrainFactory grains, UiPages pages, IServer server)
{
    private const string Path = "/dev/mail";

    private static readonly HtmlEncoder s_html = HtmlEncoder.Default;

    /// <summary>The URL of the page on this machine.</summary>
    public string Address
    {
        get
        {
            BindingAddress first = BindingAddress.Parse(
                server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()
            );
            return $"{first.Scheme}://localhost:{first.Port.ToString(CultureInfo.InvariantCulture)}{Path}";
        }
    }

    /// <summary>Serves the page if the request is allowed to see it.</summary>
    public Task Answer(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsGet(context.Request.Method)
        && string.Equals(context.Request.Path.Value, Path, StringComparison.Ordinal)
        && context.IsDirect()
            ? Show(context)
            : next(context);

    private async Task Show(HttpContext context) =>
        await pages.Write(context, "Emails", Page(await grains.DevelopmentMailbox().List()));

    private static string Page(IReadOnlyList<DevelopmentMail> mails)
    {
        StringBuilder html = new(
            """
            <h1>Emails</h1>
            <p class="lead">No mail server is configured, so emails are shown here instead of being sent: the last 100, newest
            first, kept in memory only. Only browsers on this machine can open this page. Reload it to see new emails.</p>

            """
        );
        if (mails.Count == 0)
            html.Append("<p class=\"empty\">No emails yet.</p>\n");
        foreach (DevelopmentMail mail in mails)
            Append(html, mail);
        return html.ToString();
    }

    private static void Append(StringBuilder html, DevelopmentMail mail)
    {
        string at = mail.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
        html.Append("<article class=\"card mail\">\n<h2>")
            .Append(s_html.Encode(mail.Subject))
            .Append("</h2>\n<p class=\"fine\">To ")
            .Append(s_html.Encode(mail.To))
            .Append(" · <time datetime=\"")
            .Append(at)
            .Append("\">")
            .Append(at)
            .Append("</time></p>\n");
        if (mail.Link is { } link)
        {
            string address = s_html.Encode(link);
            html.Append("<p><a href=\"")
                .Append(address)
                .Append("\">")
                .Append(address)
                .Append("</a></p>\n");
        }
        html.Append("<pre>").Append(s_html.Encode(mail.Text)).Append("</pre>\n</article>\n");
    }
}
