using SessionAuth.Api.Settings;
using SessionAuth.Silo.Embedded;

namespace SessionAuth.Api.Hosting;

/// <summary>A node: the front end, the pages and the silo in one process.</summary>
internal static class Node
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test puts in the place of the real: a clock, a log.</param>
    /// <exception cref="SettingsException">A setting or a secret is not fit to start with.</exception>
    public static WebApplication Build(
        string[] args,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        NodeLog.Add(builder);
        configure?.Invoke(builder);
        builder.AddApi(builder.AddSettings());
        builder.AddEmbeddedSilo();
        return builder.Build().UseApi();
    }
}
