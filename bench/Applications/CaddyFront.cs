using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Applications;

/// <summary>A Caddy that answers by itself, after it has asked a checker or without that.</summary>
internal static class CaddyFront
{
    public const string Program = "caddy";

    /// <param name="port">The port that it listens on.</param>
    /// <param name="checker">The checker; null for none.</param>
    public static async Task<MeasuredProcess> Start(int port, MeasuredProcess? checker)
    {
        string question = checker is null
            ? ""
            : $$"""
                forward_auth {{new Uri(checker.Url).Authority}} {
                		uri /authz/forward-auth
                		copy_headers Remote-User Remote-Email Remote-Name Remote-Groups X-SessionAuth-Assertion
                		transport http {
                			keepalive_idle_conns_per_host 256
                		}
                	}
                """;
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
            	admin off
            	auto_https off
            	log {
            		output stdout
            	}
            }
            http://:{{port}} {
            	{{question}}
            	respond "The application"
            }

            """
        );
        return await MeasuredProcess.Start(
            Program,
            ["run", "--adapter", "caddyfile", "--config", file],
            port,
            new Dictionary<string, string>(),
            "serving initial configuration"
        );
    }
}
