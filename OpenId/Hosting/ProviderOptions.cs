using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Keys;
using SessionAuth.Registry.Copies;

namespace SessionAuth.OpenId.Hosting;

/// <summary>
/// The library's options that depend on the registry. They are made again when it has changed, so that keys rotate on a
/// running node.
/// </summary>
internal sealed class ProviderOptions(
    RegistryCopy registry,
    SigningKeys keys,
    IPublicOrigins origins
) : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    private static readonly TimeSpan s_tokenLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_codeLifetime = TimeSpan.FromMinutes(1);

    // The library needs a key to encrypt with, although nothing is encrypted by it.
    private static readonly EncryptingCredentials s_unused = new(
        new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)),
        SecurityAlgorithms.Aes256KW,
        SecurityAlgorithms.Aes256CbcHmacSha512
    );

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => registry.Changes;

    public void Configure(OpenIddictServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Issuer = new(origins.Api + "/");
        SetEndpoints(options);
        options.AccessTokenLifetime = s_tokenLifetime;
        options.IdentityTokenLifetime = s_tokenLifetime;
        options.AuthorizationCodeLifetime = s_codeLifetime;
        // The session's own timeouts end it.
        options.RefreshTokenLifetime = null;
        options.SigningCredentials.AddRange(keys.Published);
        options.EncryptionCredentials.Add(s_unused);
        options.TokenValidationParameters.ValidAlgorithms =
        [
            SecurityAlgorithms.EcdsaSha256,
            SecurityAlgorithms.RsaSha256,
        ];
    }

    // Absolute: relative ones would follow the Host header into the discovery document.
    private void SetEndpoints(OpenIddictServerOptions options)
    {
        options.AuthorizationEndpointUris.Add(At(OpenIdPaths.Authorize));
        options.TokenEndpointUris.Add(At(OpenIdPaths.Token));
        options.IntrospectionEndpointUris.Add(At(OpenIdPaths.Introspect));
        options.RevocationEndpointUris.Add(At(OpenIdPaths.Revoke));
        options.UserInfoEndpointUris.Add(At(OpenIdPaths.UserInfo));
        options.EndSessionEndpointUris.Add(At(OpenIdPaths.Logout));
        options.JsonWebKeySetEndpointUris.Clear();
        options.JsonWebKeySetEndpointUris.Add(At(OpenIdPaths.Keys));
        options.ConfigurationEndpointUris.Clear();
        options.ConfigurationEndpointUris.Add(At(OpenIdPaths.Discovery));
        options.ConfigurationEndpointUris.Add(At(OpenIdPaths.Metadata));
    }

    private Uri At(string path) => new(origins.Api + path);
}
