using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("client-id-surrogate")]
internal readonly record struct ClientIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class ClientIdConverter : IConverter<ClientId, ClientIdSurrogate>
{
    public ClientId ConvertFromSurrogate(in ClientIdSurrogate surrogate) =>
        ClientId.Parse(surrogate.Value);

    public ClientIdSurrogate ConvertToSurrogate(in ClientId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("grant-id-surrogate")]
internal readonly record struct GrantIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class GrantIdConverter : IConverter<GrantId, GrantIdSurrogate>
{
    public GrantId ConvertFromSurrogate(in GrantIdSurrogate surrogate) =>
        GrantId.Parse(surrogate.Value);

    public GrantIdSurrogate ConvertToSurrogate(in GrantId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("grant-opening-surrogate")]
internal readonly record struct GrantOpeningSurrogate(
    [property: Id(0)] GrantId Id,
    [property: Id(1)] ClientId Application,
    [property: Id(2)] IReadOnlyList<string> Scopes,
    [property: Id(3)] DateTimeOffset? AuthenticatedAt,
    [property: Id(4)] IReadOnlyList<AuthenticationMethod> AuthenticationMethods,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] GrantId? Replaces,
    [property: Id(7)] bool IsRepeatable
);

[RegisterConverter]
internal sealed class GrantOpeningConverter : IConverter<GrantOpening, GrantOpeningSurrogate>
{
    public GrantOpening ConvertFromSurrogate(in GrantOpeningSurrogate surrogate) =>
        new(
            surrogate.Id,
            surrogate.Application,
            surrogate.Scopes,
            surrogate.AuthenticatedAt,
            surrogate.AuthenticationMethods,
            surrogate.ExpiresAt,
            surrogate.Replaces,
            surrogate.IsRepeatable
        );

    public GrantOpeningSurrogate ConvertToSurrogate(in GrantOpening value) =>
        new(
            value.Id,
            value.Application,
            [.. value.Scopes],
            value.AuthenticatedAt,
            [.. value.AuthenticationMethods],
            value.ExpiresAt,
            value.Replaces,
            value.IsRepeatable
        );
}

[GenerateSerializer, Immutable, Alias("grant-standing-surrogate")]
internal readonly record struct GrantStandingSurrogate(
    [property: Id(0)] GrantId Id,
    [property: Id(1)] ClientId Application,
    [property: Id(2)] UserId User,
    [property: Id(3)] IReadOnlyList<string> Scopes,
    [property: Id(4)] DateTimeOffset? AuthenticatedAt,
    [property: Id(5)] IReadOnlyList<AuthenticationMethod> AuthenticationMethods
);

[RegisterConverter]
internal sealed class GrantStandingConverter : IConverter<GrantStanding, GrantStandingSurrogate>
{
    public GrantStanding ConvertFromSurrogate(in GrantStandingSurrogate surrogate) =>
        new(
            surrogate.Id,
            surrogate.Application,
            surrogate.User,
            surrogate.Scopes,
            surrogate.AuthenticatedAt,
            surrogate.AuthenticationMethods
        );

    public GrantStandingSurrogate ConvertToSurrogate(in GrantStanding value) =>
        new(
            value.Id,
            value.Application,
            value.User,
            [.. value.Scopes],
            value.AuthenticatedAt,
            [.. value.AuthenticationMethods]
        );
}

[GenerateSerializer, Immutable, Alias("opened-application-surrogate")]
internal readonly record struct OpenedApplicationSurrogate(
    [property: Id(0)] ClientId Application,
    [property: Id(1)] DateTimeOffset OpenedAt
);

[RegisterConverter]
internal sealed class OpenedApplicationConverter
    : IConverter<OpenedApplication, OpenedApplicationSurrogate>
{
    public OpenedApplication ConvertFromSurrogate(in OpenedApplicationSurrogate surrogate) =>
        new(surrogate.Application, surrogate.OpenedAt);

    public OpenedApplicationSurrogate ConvertToSurrogate(in OpenedApplication value) =>
        new(value.Application, value.OpenedAt);
}
