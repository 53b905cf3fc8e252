using SessionAuth.Domain.Keys;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("key-id-surrogate")]
internal readonly record struct KeyIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class KeyIdConverter : IConverter<KeyId, KeyIdSurrogate>
{
    public KeyId ConvertFromSurrogate(in KeyIdSurrogate surrogate) => KeyId.Parse(surrogate.Value);

    public KeyIdSurrogate ConvertToSurrogate(in KeyId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("token-key-surrogate")]
internal readonly record struct TokenKeySurrogate(
    [property: Id(0)] KeyId Id,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] DateTimeOffset SignsFrom,
    [property: Id(3)] byte[] Ecdsa,
    [property: Id(4)] byte[]? Rsa,
    [property: Id(5)] byte[] Symmetric
);

[RegisterConverter]
internal sealed class TokenKeyConverter : IConverter<TokenKey, TokenKeySurrogate>
{
    public TokenKey ConvertFromSurrogate(in TokenKeySurrogate surrogate) =>
        new()
        {
            Id = surrogate.Id,
            CreatedAt = surrogate.CreatedAt,
            SignsFrom = surrogate.SignsFrom,
            Ecdsa = new(surrogate.Ecdsa),
            Rsa = surrogate.Rsa is { } rsa ? new(rsa) : null,
            Symmetric = new(surrogate.Symmetric),
        };

    public TokenKeySurrogate ConvertToSurrogate(in TokenKey value) =>
        new(
            value.Id,
            value.CreatedAt,
            value.SignsFrom,
            value.Ecdsa.AsSpan().ToArray(),
            value.Rsa?.AsSpan().ToArray(),
            value.Symmetric.AsSpan().ToArray()
        );
}

[GenerateSerializer, Immutable, Alias("key-set-surrogate")]
internal readonly record struct KeySetSurrogate([property: Id(0)] IReadOnlyList<TokenKey> Keys);

[RegisterConverter]
internal sealed class KeySetConverter : IConverter<KeySet, KeySetSurrogate>
{
    public KeySet ConvertFromSurrogate(in KeySetSurrogate surrogate) => new(surrogate.Keys);

    public KeySetSurrogate ConvertToSurrogate(in KeySet value) => new([.. value.Keys]);
}
