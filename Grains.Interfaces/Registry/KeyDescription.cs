using SessionAuth.Domain.Keys;

namespace SessionAuth.Grains.Interfaces.Registry;

/// <summary>A key without its private parts.</summary>
/// <param name="Id">The id.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="SignsFrom">When it starts to sign, or started.</param>
/// <param name="SignsUntil">When it stops to sign, or stopped; null while no other key follows.</param>
/// <param name="Signs">Whether it signs now.</param>
/// <param name="HasRsa">Whether it also signs with RS256, for the applications that ask for it.</param>
[GenerateSerializer, Immutable, Alias("key-description")]
public sealed record KeyDescription(
    [property: Id(0)] KeyId Id,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] DateTimeOffset SignsFrom,
    [property: Id(3)] DateTimeOffset? SignsUntil,
    [property: Id(4)] bool Signs,
    [property: Id(5)] bool HasRsa
);
