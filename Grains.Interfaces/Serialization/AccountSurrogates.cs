using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("account-event-surrogate")]
internal readonly record struct AccountEventSurrogate(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] AccountEventKind Kind,
    [property: Id(2)] int Count,
    [property: Id(3)] ClientDevice? Device,
    [property: Id(4)] SessionEndReason? Reason,
    [property: Id(5)] string? Detail,
    [property: Id(6)] AuthenticationMethod? Method
);

[RegisterConverter]
internal sealed class AccountEventConverter : IConverter<AccountEvent, AccountEventSurrogate>
{
    public AccountEvent ConvertFromSurrogate(in AccountEventSurrogate surrogate) =>
        new(
            surrogate.At,
            surrogate.Kind,
            surrogate.Count,
            surrogate.Device,
            surrogate.Reason,
            surrogate.Detail,
            surrogate.Method
        );

    public AccountEventSurrogate ConvertToSurrogate(in AccountEvent value) =>
        new(
            value.At,
            value.Kind,
            value.Count,
            value.Device,
            value.Reason,
            value.Detail,
            value.Method
        );
}

[GenerateSerializer, Immutable, Alias("answered-challenge-surrogate")]
internal readonly record struct AnsweredChallengeSurrogate(
    [property: Id(0)] string Nonce,
    [property: Id(1)] DateTimeOffset GoodUntil
);

[RegisterConverter]
internal sealed class AnsweredChallengeConverter
    : IConverter<AnsweredChallenge, AnsweredChallengeSurrogate>
{
    public AnsweredChallenge ConvertFromSurrogate(in AnsweredChallengeSurrogate surrogate) =>
        new(surrogate.Nonce, surrogate.GoodUntil);

    public AnsweredChallengeSurrogate ConvertToSurrogate(in AnsweredChallenge value) =>
        new(value.Nonce, value.GoodUntil);
}

[GenerateSerializer, Immutable, Alias("passkey-surrogate")]
internal readonly record struct PasskeySurrogate(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string PublicKey,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? LastUsedAt,
    [property: Id(5)] uint SignCount,
    [property: Id(6)] IReadOnlyList<string> Transports,
    [property: Id(7)] bool BackupEligible,
    [property: Id(8)] bool BackedUp,
    [property: Id(9)] string AttestationObject,
    [property: Id(10)] string ClientDataJson
);

[RegisterConverter]
internal sealed class PasskeyConverter : IConverter<Passkey, PasskeySurrogate>
{
    public Passkey ConvertFromSurrogate(in PasskeySurrogate surrogate) =>
        new(
            surrogate.Id,
            surrogate.Name,
            surrogate.PublicKey,
            surrogate.CreatedAt,
            surrogate.LastUsedAt,
            surrogate.SignCount,
            surrogate.Transports,
            surrogate.BackupEligible,
            surrogate.BackedUp,
            surrogate.AttestationObject,
            surrogate.ClientDataJson
        );

    public PasskeySurrogate ConvertToSurrogate(in Passkey value) =>
        new(
            value.Id,
            value.Name,
            value.PublicKey,
            value.CreatedAt,
            value.LastUsedAt,
            value.SignCount,
            value.Transports,
            value.BackupEligible,
            value.BackedUp,
            value.AttestationObject,
            value.ClientDataJson
        );
}

[GenerateSerializer, Immutable, Alias("passkey-use-surrogate")]
internal readonly record struct PasskeyUseSurrogate(
    [property: Id(0)] string Id,
    [property: Id(1)] uint SignCount,
    [property: Id(2)] bool BackedUp,
    [property: Id(3)] long Stamp,
    [property: Id(4)] AnsweredChallenge Challenge
);

[RegisterConverter]
internal sealed class PasskeyUseConverter : IConverter<PasskeyUse, PasskeyUseSurrogate>
{
    public PasskeyUse ConvertFromSurrogate(in PasskeyUseSurrogate surrogate) =>
        new(
            surrogate.Id,
            surrogate.SignCount,
            surrogate.BackedUp,
            surrogate.Stamp,
            surrogate.Challenge
        );

    public PasskeyUseSurrogate ConvertToSurrogate(in PasskeyUse value) =>
        new(value.Id, value.SignCount, value.BackedUp, value.Stamp, value.Challenge);
}

[GenerateSerializer, Immutable, Alias("second-factor-code-surrogate")]
internal readonly record struct SecondFactorCodeSurrogate(
    [property: Id(0)] AuthenticationMethod Method,
    [property: Id(1)] Secret Text
);

[RegisterConverter]
internal sealed class SecondFactorCodeConverter
    : IConverter<SecondFactorCode, SecondFactorCodeSurrogate>
{
    public SecondFactorCode ConvertFromSurrogate(in SecondFactorCodeSurrogate surrogate) =>
        new(surrogate.Method, surrogate.Text);

    public SecondFactorCodeSurrogate ConvertToSurrogate(in SecondFactorCode value) =>
        new(value.Method, value.Text);
}
