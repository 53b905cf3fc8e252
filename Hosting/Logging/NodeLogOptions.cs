using Microsoft.Extensions.Configuration;

namespace SessionAuth.Silo.Hosting;

/// <summary>How much is written to the log.</summary>
public sealed class NodeLogOptions
{
    /// <summary><c>information</c>, or <c>debug</c>: more lines, and stack traces of failures that are known.</summary>
    [ConfigurationKeyName("LOG_LEVEL")]
    public string Level { get; set; } = "information";
}
