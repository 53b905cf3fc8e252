using Microsoft.Extensions.Options;
using SessionAuth.Providers;
using SessionAuth.Settings;

namespace SessionAuth.Hosting;

/// <summary>
/// Reports what prevents a process from starting as a message for the operator, without a stack trace.
/// </summary>
public static class StartProblem
{
    /// <summary>The message; null when the exception is not one that an operator can fix.</summary>
    public static string? Of(Exception exception) =>
        exception switch
        {
            SettingsException problem => Message(problem.Message),
            OptionsValidationException problem => Message(string.Join(' ', problem.Failures)),
            AggregateException { InnerExceptions: [var inner, ..] } => Of(inner),
            StorageUnavailableException problem => Message(problem.Message),
            OrleansConfigurationException problem => Message(problem.Message),
            IOException or UnauthorizedAccessException => Message(exception.Message),
            InvalidOperationException
            {
                Source: "Microsoft.Extensions.Configuration.Binder"
                    or "Microsoft.AspNetCore.Server.Kestrel.Core"
            } problem => Message(problem.Message),
            _ => exception.InnerException is { } inner ? Of(inner) : null,
        };

    private static string Message(string problem) =>
        $"SessionAuth cannot start. {problem.ReplaceLineEndings(" ")}";
}
