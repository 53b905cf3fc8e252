using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SessionAuth.Mail.Templates;
using SessionAuth.OpenId.Browsers;
using SessionAuth.Settings;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Settings;

/// <summary>The origins of the UI and the API. Available once the server is listening.</summary>
internal sealed class Origins(IOptions<ApiSettings> settings, IServer server)
    : IPublicOrigin,
        IPublicOrigins
{
    private readonly Lazy<Origin> _ui = new(() => Find(settings.Value.PublicUrl, server));

    /// <summary>The UI's origin.</summary>
    public Origin Ui => _ui.Value;

    /// <summary>The API's origin.</summary>
    public Origin Api =>
        field ??= Origin.TryParse(settings.Value.ApiUrl, out Origin? own) ? own : Ui;

    /// <summary>Whether the UI and the API have the same origin.</summary>
    public bool Shared => Ui == Api;

    /// <summary>Whether a request is for one of them, by its <c>Host</c> header.</summary>
    public bool AreAt(HttpRequest request) =>
        Authority.TryParse(request.Headers.Host.ToString(), out Authority? asked)
        && (Ui.IsAt(asked) || Api.IsAt(asked));

    string IPublicOrigin.Origin => Ui.Value;

    string IPublicOrigins.Api => Api.Value;

    string IPublicOrigins.Pages => Ui.Value;

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
            "PUBLIC_URL must be set to the https:// origin that browsers use, because the node listens on "
                + "more than the loopback interface."
        );
    }
}
