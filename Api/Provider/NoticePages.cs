using SessionAuth.Api.Settings;
using SessionAuth.OpenId.Browsers;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Provider;

/// <summary>The provider's pages: no file of the pages is served at the API's host, if it has one of its own.</summary>
internal sealed class NoticePages(Origins origins) : INoticePages
{
    public Task Write(HttpContext context, Notice notice)
    {
        context.Response.StatusCode = notice.Status;
        return UiPages.Write(
            context,
            notice.Link is { } link
                ? new StandalonePage(notice.Title, notice.Text, link, notice.LinkText)
                : new StandalonePage(
                    notice.Title,
                    notice.Text,
                    origins.Ui.Value,
                    "Go to your account"
                )
        );
    }
}
