using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>Where browsers find the UI and the API. Known once the server listens.</summary>
internal sealed class Origins(IOptions<ApiSettings> settings, IServer server) : IPublicAddress
{
    private readonly Lazy<Origin> _ui = new(() => Find(settings.Value.PublicUrl, server));

    /// <summary>The UI's origin.</summary>
    public Origin Ui => _ui.Value;

    /// <summary>The API's origin.</summary>
    public Origin Api =>
        field ??= Origin.TryParse(settings.Value.ApiUrl, out Origin? own) ? own : Ui;

    /// <summary>Whether the two are one.</summary>
    public bool Shared => Ui == Api;

    string IPublicAddress.Origin => Ui.Value;

    private static Origin Find(string? configured, IServer server)
    {
        if (Origin.TryParse(configured, out Origin? origin))
            return origin;

        IEnumerable<string> listening = server
            .Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses;
        foreach (string address in listening)
        {
            if (Origin.TryParse(address, out origin))
                return origin;
        }

        throw new SettingsException(
            "PUBLIC_URL must be set: the node listens on an address that is not this machine's alone, "
                + "so say at which https:// address browsers reach it."
        );
    }
}
