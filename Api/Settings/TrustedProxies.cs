using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Devices;

namespace SessionAuth.Api.Settings;

/// <summary>Trusts <c>X-Forwarded-For</c> only from listed proxies (ASVS 4.1.3).</summary>
internal sealed class TrustedProxies(IOptions<ApiSettings> settings)
    : IConfigureOptions<ForwardedHeadersOptions>
{
    /// <summary>Adds the framework's middleware, unless no proxy is listed: then it would change no request.</summary>
    public static void Use(IApplicationBuilder app)
    {
        ForwardedHeadersOptions options = app
            .ApplicationServices.GetRequiredService<IOptions<ForwardedHeadersOptions>>()
            .Value;
        if (options.ForwardedHeaders != ForwardedHeaders.None)
            app.UseForwardedHeaders();
    }

    public void Configure(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (string proxy in Split(settings.Value.TrustedProxies))
        {
            if (IPAddress.TryParse(proxy, out IPAddress? address))
                options.KnownProxies.Add(address.Unmapped());
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        // With no listed proxy, ASP.NET Core would trust every client.
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count == 0)
            options.ForwardedHeaders = ForwardedHeaders.None;
    }

    public static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
