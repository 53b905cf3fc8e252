using Microsoft.Extensions.Options;
using SessionAuth.Providers;
using SessionAuth.Settings;

namespace SessionAuth.Hosting;

/// <summary>What keeps a process from starting, as sentences for the person who starts it, without a stack trace.</summary>
public static class StartProblem
{
    /// <summary>The sentences; null when no setting can fix the exception.</summary>
    public static string? Of(Exception exception) =>
        exception switch
        {
            SettingsException problem => Say(problem.Message),
            OptionsValidationException problem => Say(string.Join(' ', problem.Failures)),
            AggregateException { InnerExceptions: [var inner, ..] } => Of(inner),
            StorageUnavailableException problem => Say(problem.Message),
            OrleansConfigurationException problem => Say(problem.Message),
            IOException or UnauthorizedAccessException => Say(exception.Message),
            InvalidOperationException
            {
                Source: "Microsoft.Extensions.Configuration.Binder"
                    or "Microsoft.AspNetCore.Server.Kestrel.Core"
            } problem => Say(problem.Message),
            _ => exception.InnerException is { } inner ? Of(inner) : null,
        };

    private static string Say(string problem) =>
        $"SessionAuth cannot start. {problem.ReplaceLineEndings(" ")}";
}
