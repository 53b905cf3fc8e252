using SessionAuth.Api.Development;
using SessionAuth.Api.Settings;
using SessionAuth.Hosting.Logging;
using SessionAuth.Settings;

namespace SessionAuth.Api.Hosting;

/// <summary>The log messages of a node that has started.</summary>
internal static partial class NodeStart
{
    public static void ReportReady(this WebApplication app)
    {
        ApiSettings settings = app
            .Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ApiSettings>>()
            .Value;
        if (settings.SignInThrottle == Toggle.Off)
            LogThrottleOff(app.Logger);
        if (app.Services.GetService<MailboxPage>() is { } mailbox)
            LogMailbox(app.Logger, mailbox.Address);
        LogReady(app.Logger, app.Services.GetRequiredService<Origins>().Ui.Value);
        app.Services.GetRequiredService<NodeLog>().NodeHasStarted();
    }

    [LoggerMessage(1, LogLevel.Information, "SessionAuth is ready: open {Url}")]
    private static partial void LogReady(ILogger logger, string url);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "SMTP_URL is not set: emails are kept in memory, and shown on this machine at {Url}"
    )]
    private static partial void LogMailbox(ILogger logger, string url);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "SIGN_IN_THROTTLE is off: failed sign-ins are not throttled. Use this only for load tests"
    )]
    private static partial void LogThrottleOff(ILogger logger);
}
