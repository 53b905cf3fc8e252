using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("session-id-surrogate")]
internal readonly record struct SessionIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class SessionIdConverter : IConverter<SessionId, SessionIdSurrogate>
{
    public SessionId ConvertFromSurrogate(in SessionIdSurrogate surrogate) =>
        SessionId.Parse(surrogate.Value);

    public SessionIdSurrogate ConvertToSurrogate(in SessionId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("session-proof-surrogate")]
internal readonly record struct SessionProofSurrogate(
    [property: Id(0)] IReadOnlyList<AuthenticationMethod> Methods,
    [property: Id(1)] bool Restricted
);

[RegisterConverter]
internal sealed class SessionProofConverter : IConverter<SessionProof, SessionProofSurrogate>
{
    public SessionProof ConvertFromSurrogate(in SessionProofSurrogate surrogate) =>
        new(surrogate.Methods, surrogate.Restricted);

    public SessionProofSurrogate ConvertToSurrogate(in SessionProof value) =>
        new(value.Methods, value.Restricted);
}

[GenerateSerializer, Immutable, Alias("session-start-surrogate")]
internal readonly record struct SessionStartSurrogate(
    [property: Id(0)] UserId User,
    [property: Id(1)] ClientDevice Device,
    [property: Id(2)] bool Persistent,
    [property: Id(3)] SessionProof Proof,
    [property: Id(4)] IReadOnlyList<SessionId>? Replaces
);

[RegisterConverter]
internal sealed class SessionStartConverter : IConverter<SessionStart, SessionStartSurrogate>
{
    public SessionStart ConvertFromSurrogate(in SessionStartSurrogate surrogate) =>
        new(
            surrogate.User,
            surrogate.Device,
            surrogate.Persistent,
            surrogate.Proof,
            surrogate.Replaces
        );

    public SessionStartSurrogate ConvertToSurrogate(in SessionStart value) =>
        new(value.User, value.Device, value.Persistent, value.Proof, value.Replaces);
}

[GenerateSerializer, Immutable, Alias("session-tokens-surrogate")]
internal readonly record struct SessionTokensSurrogate(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] UserId User,
    [property: Id(2)] long Generation,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] bool Persistent,
    [property: Id(5)] bool Restricted,
    [property: Id(6)] DeviceMark? Mark
);

[RegisterConverter]
internal sealed class SessionTokensConverter : IConverter<SessionTokens, SessionTokensSurrogate>
{
    public SessionTokens ConvertFromSurrogate(in SessionTokensSurrogate surrogate) =>
        new(
            surrogate.Session,
            surrogate.User,
            surrogate.Generation,
            surrogate.ExpiresAt,
            surrogate.Persistent,
            surrogate.Restricted,
            surrogate.Mark
        );

    public SessionTokensSurrogate ConvertToSurrogate(in SessionTokens value) =>
        new(
            value.Session,
            value.User,
            value.Generation,
            value.ExpiresAt,
            value.Persistent,
            value.Restricted,
            value.Mark
        );
}

[GenerateSerializer, Immutable, Alias("session-snapshot-surrogate")]
internal readonly record struct SessionSnapshotSurrogate(
    [property: Id(0)] SessionId Id,
    [property: Id(1)] UserId User,
    [property: Id(2)] ClientDevice Device,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset LastSeenAt,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] DateTimeOffset? EndedAt,
    [property: Id(7)] SessionEndReason? EndReason,
    [property: Id(8)] DateTimeOffset? AuthenticatedAt,
    [property: Id(9)] SessionProof Proof,
    [property: Id(10)] IReadOnlyList<OpenedApplication>? Applications
);

[RegisterConverter]
internal sealed class SessionSnapshotConverter
    : IConverter<SessionSnapshot, SessionSnapshotSurrogate>
{
    public SessionSnapshot ConvertFromSurrogate(in SessionSnapshotSurrogate surrogate) =>
        new(
            surrogate.Id,
            surrogate.User,
            surrogate.Device,
            surrogate.CreatedAt,
            surrogate.LastSeenAt,
            surrogate.ExpiresAt,
            surrogate.EndedAt,
            surrogate.EndReason,
            surrogate.AuthenticatedAt,
            surrogate.Proof,
            surrogate.Applications ?? []
        );

    public SessionSnapshotSurrogate ConvertToSurrogate(in SessionSnapshot value) =>
        new(
            value.Id,
            value.User,
            value.Device,
            value.CreatedAt,
            value.LastSeenAt,
            value.ExpiresAt,
            value.EndedAt,
            value.EndReason,
            value.AuthenticatedAt,
            value.Proof,
            value.Applications
        );
}
