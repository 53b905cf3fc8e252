using Microsoft.Extensions.Configuration;

namespace SessionAuth.Hosting.Logging;

/// <summary>Settings of the log.</summary>
public sealed class NodeLogOptions
{
    /// <summary>The lowest level that is written.</summary>
    [ConfigurationKeyName("LOG_LEVEL")]
    public NodeLogLevel Level { get; set; } = NodeLogLevel.Information;
}

/// <summary>The levels that an operator can choose.</summary>
public enum NodeLogLevel
{
    /// <summary>What an operator needs to know.</summary>
    Information,

    /// <summary>Everything, including the stack traces of known failures.</summary>
    Debug,
}
