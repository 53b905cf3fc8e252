using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Applications;
using SessionAuth.OpenId.Browsers;
using SessionAuth.OpenId.Discovery;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Keys;
using SessionAuth.OpenId.Requests;
using SessionAuth.OpenId.Tokens;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace SessionAuth.OpenId.Hosting;

/// <summary>Registers the OpenID Connect provider.</summary>
public static class OpenIdRegistration
{
    /// <summary>
    /// Adds the provider. The front end adds <see cref="IBrowserSessions"/>, <see cref="INoticePages"/>,
    /// <see cref="IPublicOrigins"/> and <see cref="IClientFailures"/>.
    /// </summary>
    public static IServiceCollection AddOpenId(this IServiceCollection services)
    {
        services
            .AddOpenIddict()
            .AddCore(core =>
                core.SetDefaultApplicationEntity<Application>()
                    .ReplaceApplicationStore<Application, ApplicationStore>(
                        ServiceLifetime.Singleton
                    )
                    .ReplaceApplicationManager<Application, ApplicationManager>()
                    // The copy of the registry is in memory, and changes.
                    .DisableEntityCaching()
                    .DisableAdditionalFiltering()
            )
            .AddServer(Configure);
        RemoveDataProtection(services);
        return services
            .AddSingleton<SigningKeys>()
            .AddSingleton<AuthorizationCodes>()
            .AddSingleton<GrantValues>()
            .AddSingleton<UserEmails>()
            .AddSingleton<SealedRequests>()
            .AddSingleton<PageAddresses>()
            .AddSingleton<Navigations>()
            .AddSingleton<OpenIdPipeline>()
            .AddSingleton<DeviceConfirmation>()
            .AddSingleton<CodeIssue>()
            .AddSingleton<AuthorizeEndpoint>()
            .AddSingleton<LogoutEndpoint>()
            .AddSingleton<ProviderOptions>()
            .AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider =>
                provider.GetRequiredService<ProviderOptions>()
            )
            .AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider =>
                provider.GetRequiredService<ProviderOptions>()
            )
            .AddHostedService<OptionsCheck>()
            .Replace(
                ServiceDescriptor.Singleton<IAuthenticationSchemeProvider, SchemesOfEveryRequest>()
            );
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server
            .AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .DisableTokenStorage()
            .DisableAuthorizationStorage()
            .DisableAccessTokenEncryption()
            // What an application may ask for is in its entry, and what is unknown is left out (RFC 6749 §3.3).
            .DisableScopeValidation()
            .IgnoreScopePermissions()
            .IgnoreEndpointPermissions()
            .IgnoreGrantTypePermissions()
            .IgnoreResponseTypePermissions()
            .IgnoreAudiencePermissions()
            .IgnoreResourcePermissions()
            .RegisterScopes(
                OpenIddictConstants.Scopes.Profile,
                OpenIddictConstants.Scopes.Email,
                AddSessionToken.Scope
            )
            .Configure(options =>
            {
                options.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain);
                // Its page has an inline script.
                options.ResponseModes.Remove(OpenIddictConstants.ResponseModes.FormPost);
                options.ClientAuthenticationMethods.Remove(
                    OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt
                );
                options.ClientAssertionTypes.Clear();
            })
            .UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableErrorPassthrough()
            .SuppressJsonResponseIndentation()
            // The origin is https, or on loopback; a node behind a proxy sees http all the same.
            .DisableTransportSecurityRequirement();
        AddHandlers(server);
    }

    private static void AddHandlers(OpenIddictServerBuilder server) =>
        server
            .RemoveEventHandler(ValidateClientSecret.Descriptor)
            .Add<ProcessAuthenticationContext, AuthenticateClients>(
                ValidateClientId.Descriptor.Order - 500
            )
            .Add<ValidateAuthorizationRequestContext, CheckRequest>(
                Authentication.ValidateAuthorizedParty.Descriptor.Order + 500
            )
            .Add<ValidateEndSessionRequestContext, CheckLogout>(
                Session.ValidateAuthorizedParty.Descriptor.Order + 500
            )
            .Add<GenerateTokenContext, IssueTokens>(
                Protection.GenerateIdentityModelToken.Descriptor.Order - 500
            )
            .Add<ValidateTokenContext, ReadTokens>(
                Protection.ValidateIdentityModelToken.Descriptor.Order - 500
            )
            .Add<ValidateTokenContext, RequireLiveSession>(
                Protection.ValidateTokenEntry.Descriptor.Order + 1
            )
            // Tokens do not say which scopes were granted: the grant does, when they are redeemed.
            .RemoveEventHandler(Exchange.ValidateGrantedScopes.Descriptor)
            .Add<HandleTokenRequestContext, RedeemTokens>(
                Exchange.AttachPrincipal.Descriptor.Order + 500
            )
            .Add<ApplyTokenResponseContext, AddSessionToken>(int.MinValue + 100_000)
            .Add<ValidateIntrospectionRequestContext, AnswerIntrospection>(
                Introspection.ValidateAuthorizedParty.Descriptor.Order + 500
            )
            .Add<HandleIntrospectionRequestContext, AnswerIntrospection>(
                Introspection.AttachApplicationClaims.Descriptor.Order + 500
            )
            .Add<HandleUserInfoRequestContext, AnswerUserInfo>(
                UserInfo.AttachClaims.Descriptor.Order + 500
            )
            .RemoveEventHandler(Revocation.RevokeToken.Descriptor)
            .Add<HandleRevocationRequestContext, RevokeGrant>(
                Revocation.RevokeToken.Descriptor.Order
            )
            .Add<HandleConfigurationRequestContext, TrimDiscovery>(int.MaxValue - 1)
            .Add<ProcessErrorContext, OmitErrorUri>(AttachErrorParameters.Descriptor.Order + 500)
            .Add<ProcessChallengeContext, OmitErrorUri>(
                AttachDefaultChallengeError.Descriptor.Order + 500
            );

    private static OpenIddictServerBuilder Add<TContext, THandler>(
        this OpenIddictServerBuilder server,
        int order
    )
        where TContext : BaseContext
        where THandler : class, IOpenIddictServerHandler<TContext> =>
        server.AddEventHandler<TContext>(builder =>
            builder.UseSingletonHandler<THandler>().SetOrder(order)
        );

    // The framework adds it with authentication: it would write a key file into the home directory, for nothing.
    private static void RemoveDataProtection(IServiceCollection services)
    {
        foreach (
            ServiceDescriptor service in services
                .Where(service =>
                    service.ServiceType == typeof(IHostedService)
                    && service.ImplementationType?.Name == "DataProtectionHostedService"
                )
                .ToArray()
        )
            services.Remove(service);
    }
}
