using SessionAuth.Domain;
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
