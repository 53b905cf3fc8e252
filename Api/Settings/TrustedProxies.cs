using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Devices;

namespace SessionAuth.Api.Settings;

/// <summary>Believes <c>X-Forwarded-For</c> where it comes from a listed proxy, and nowhere else (ASVS 4.1.3).</summary>
internal sealed class TrustedProxies(IOptions<ApiSettings> settings)
    : IConfigureOptions<ForwardedHeadersOptions>
{
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

        // Without a listed proxy ASP.NET would believe everybody.
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count == 0)
            options.ForwardedHeaders = ForwardedHeaders.None;
    }

    public static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
