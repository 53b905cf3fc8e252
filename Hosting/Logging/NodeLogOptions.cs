using Microsoft.Extensions.Configuration;

namespace SessionAuth.Hosting.Logging;

/// <summary>How much is written to the log.</summary>
public sealed class NodeLogOptions
{
    /// <summary><c>information</c>, or <c>debug</c>: more messages, and stack traces of known failures.</summary>
    [ConfigurationKeyName("LOG_LEVEL")]
    public string Level { get; set; } = "information";
}
