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
/// <c>GET /dev/mail</c>: the mails of a node that runs alone and has no server for them. Their links open accounts, so that
/// only a program on this machine gets the page; for all others there is nothing at that path.
/// </summary>
/// <remarks>It stands before everything that looks at requests, so that what it does not answer is answered as any path is.</remarks>
internal sealed class MailboxPage(IGrainFactory grains, UiPages pages, IServer server)
{
    private const string Path = "/dev/mail";

    private static readonly HtmlEncoder s_html = HtmlEncoder.Default;

    /// <summary>Where this machine's browser finds it.</summary>
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

    /// <summary>Answers, where the request is for it and may have it.</summary>
    public Task Answer(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsGet(context.Request.Method)
        && string.Equals(context.Request.Path.Value, Path, StringComparison.Ordinal)
        && context.IsDirect()
            ? Show(context)
            : next(context);

    private async Task Show(HttpContext context) =>
        await pages.Write(context, "Mails", Page(await grains.DevelopmentMailbox().List()));

    private static string Page(IReadOnlyList<DevelopmentMail> mails)
    {
        StringBuilder html = new(
            """
            <h1>Mails</h1>
            <p class="lead">No server for mails is set, so this is where they go: the last hundred, latest first, in memory
            alone. Nobody but a browser on this machine sees them. Reload the page for new ones.</p>

            """
        );
        if (mails.Count == 0)
            html.Append("<p class=\"empty\">There are none yet.</p>\n");
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
