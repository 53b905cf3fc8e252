using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("application-surrogate")]
internal readonly record struct ApplicationSurrogate(
    [property: Id(0)] ClientId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] ApplicationKind Kind,
    [property: Id(3)] string[] Origins,
    [property: Id(4)] string[] RedirectUris,
    [property: Id(5)] string[] PostLogoutRedirectUris,
    [property: Id(6)] string[] SecretHashes,
    [property: Id(7)] string[] Scopes,
    [property: Id(8)] string? Audience,
    [property: Id(9)] bool RequiresSecondFactor,
    [property: Id(10)] TimeSpan? MaxAuthenticationAge,
    [property: Id(11)] IdentityTokenAlgorithm IdentityTokenAlgorithm,
    [property: Id(12)] bool PkceIsOptional,
    [property: Id(13)] ApplicationSignOut SignOut,
    [property: Id(14)] RemoteUserName RemoteUser,
    [property: Id(15)] bool PassesPreflights
);

[RegisterConverter]
internal sealed class ApplicationConverter : IConverter<Application, ApplicationSurrogate>
{
    public Application ConvertFromSurrogate(in ApplicationSurrogate surrogate) =>
        new()
        {
            Id = surrogate.Id,
            Name = surrogate.Name,
            Kind = surrogate.Kind,
            Origins = surrogate.Origins,
            RedirectUris = surrogate.RedirectUris,
            PostLogoutRedirectUris = surrogate.PostLogoutRedirectUris,
            SecretHashes = surrogate.SecretHashes,
            Scopes = surrogate.Scopes,
            Audience = surrogate.Audience,
            RequiresSecondFactor = surrogate.RequiresSecondFactor,
            MaxAuthenticationAge = surrogate.MaxAuthenticationAge,
            IdentityTokenAlgorithm = surrogate.IdentityTokenAlgorithm,
            PkceIsOptional = surrogate.PkceIsOptional,
            SignOut = surrogate.SignOut,
            RemoteUser = surrogate.RemoteUser,
            PassesPreflights = surrogate.PassesPreflights,
        };

    public ApplicationSurrogate ConvertToSurrogate(in Application value) =>
        new(
            value.Id,
            value.Name,
            value.Kind,
            [.. value.Origins],
            [.. value.RedirectUris],
            [.. value.PostLogoutRedirectUris],
            [.. value.SecretHashes],
            [.. value.Scopes],
            value.Audience,
            value.RequiresSecondFactor,
            value.MaxAuthenticationAge,
            value.IdentityTokenAlgorithm,
            value.PkceIsOptional,
            value.SignOut,
            value.RemoteUser,
            value.PassesPreflights
        );
}

[GenerateSerializer, Immutable, Alias("application-set-surrogate")]
internal readonly record struct ApplicationSetSurrogate([property: Id(0)] Application[] All);

[RegisterConverter]
internal sealed class ApplicationSetConverter : IConverter<ApplicationSet, ApplicationSetSurrogate>
{
    public ApplicationSet ConvertFromSurrogate(in ApplicationSetSurrogate surrogate) =>
        new(surrogate.All);

    public ApplicationSetSurrogate ConvertToSurrogate(in ApplicationSet value) =>
        new([.. value.All]);
}

[GenerateSerializer, Immutable, Alias("registry-content-surrogate")]
internal readonly record struct RegistryContentSurrogate(
    [property: Id(0)] long Version,
    [property: Id(1)] ApplicationSet Applications,
    [property: Id(2)] KeySet Keys
);

[RegisterConverter]
internal sealed class RegistryContentConverter
    : IConverter<RegistryContent, RegistryContentSurrogate>
{
    public RegistryContent ConvertFromSurrogate(in RegistryContentSurrogate surrogate) =>
        new(surrogate.Version, surrogate.Applications, surrogate.Keys);

    public RegistryContentSurrogate ConvertToSurrogate(in RegistryContent value) =>
        new(value.Version, value.Applications, value.Keys);
}
