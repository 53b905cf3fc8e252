using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("client-network-surrogate")]
internal readonly record struct ClientNetworkSurrogate(
    [property: Id(0)] IReadOnlyList<string> Names
);

[RegisterConverter]
internal sealed class ClientNetworkConverter : IConverter<ClientNetwork, ClientNetworkSurrogate>
{
    public ClientNetwork ConvertFromSurrogate(in ClientNetworkSurrogate surrogate) =>
        new(surrogate.Names);

    public ClientNetworkSurrogate ConvertToSurrogate(in ClientNetwork value) => new(value.Names);
}

[GenerateSerializer, Immutable, Alias("known-device-surrogate")]
internal readonly record struct KnownDeviceSurrogate(
    [property: Id(0)] DeviceMark Mark,
    [property: Id(1)] int Of
);

[RegisterConverter]
internal sealed class KnownDeviceConverter : IConverter<KnownDevice, KnownDeviceSurrogate>
{
    public KnownDevice ConvertFromSurrogate(in KnownDeviceSurrogate surrogate) =>
        new(surrogate.Mark, surrogate.Of);

    public KnownDeviceSurrogate ConvertToSurrogate(in KnownDevice value) =>
        new(value.Mark, value.Of);
}

[GenerateSerializer, Immutable, Alias("sign-in-context-surrogate")]
internal readonly record struct SignInContextSurrogate(
    [property: Id(0)] ClientDevice Device,
    [property: Id(1)] bool Persistent,
    [property: Id(2)] IReadOnlyList<SessionId> Replaces,
    [property: Id(3)] OperationId? Operation,
    [property: Id(4)] DeviceMark? Mark
);

[RegisterConverter]
internal sealed class SignInContextConverter : IConverter<SignInContext, SignInContextSurrogate>
{
    public SignInContext ConvertFromSurrogate(in SignInContextSurrogate surrogate) =>
        new(
            surrogate.Device,
            surrogate.Persistent,
            surrogate.Replaces,
            surrogate.Operation,
            surrogate.Mark
        );

    public SignInContextSurrogate ConvertToSurrogate(in SignInContext value) =>
        new(value.Device, value.Persistent, value.Replaces, value.Operation, value.Mark);
}
