using SessionAuth.Domain;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("user-id-surrogate")]
internal readonly record struct UserIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class UserIdConverter : IConverter<UserId, UserIdSurrogate>
{
    public UserId ConvertFromSurrogate(in UserIdSurrogate surrogate) =>
        UserId.Parse(surrogate.Value);

    public UserIdSurrogate ConvertToSurrogate(in UserId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("operation-id-surrogate")]
internal readonly record struct OperationIdSurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class OperationIdConverter : IConverter<OperationId, OperationIdSurrogate>
{
    public OperationId ConvertFromSurrogate(in OperationIdSurrogate surrogate) =>
        new(surrogate.Value);

    public OperationIdSurrogate ConvertToSurrogate(in OperationId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("email-key-surrogate")]
internal readonly record struct EmailKeySurrogate([property: Id(0)] string Value);

[RegisterConverter]
internal sealed class EmailKeyConverter : IConverter<EmailKey, EmailKeySurrogate>
{
    public EmailKey ConvertFromSurrogate(in EmailKeySurrogate surrogate) => new(surrogate.Value);

    public EmailKeySurrogate ConvertToSurrogate(in EmailKey value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("password-surrogate")]
internal readonly record struct PasswordSurrogate([property: Id(0)] string Text);

[RegisterConverter]
internal sealed class PasswordConverter : IConverter<Password, PasswordSurrogate>
{
    public Password ConvertFromSurrogate(in PasswordSurrogate surrogate) => new(surrogate.Text);

    public PasswordSurrogate ConvertToSurrogate(in Password value) => new(value.Text);
}

[GenerateSerializer, Immutable, Alias("secret-surrogate")]
internal readonly record struct SecretSurrogate([property: Id(0)] string Text);

[RegisterConverter]
internal sealed class SecretConverter : IConverter<Secret, SecretSurrogate>
{
    public Secret ConvertFromSurrogate(in SecretSurrogate surrogate) => new(surrogate.Text);

    public SecretSurrogate ConvertToSurrogate(in Secret value) => new(value.Text);
}

[GenerateSerializer, Immutable, Alias("client-device-surrogate")]
internal readonly record struct ClientDeviceSurrogate(
    [property: Id(0)] string Browser,
    [property: Id(1)] string System,
    [property: Id(2)] string Ip
);

[RegisterConverter]
internal sealed class ClientDeviceConverter : IConverter<ClientDevice, ClientDeviceSurrogate>
{
    public ClientDevice ConvertFromSurrogate(in ClientDeviceSurrogate surrogate) =>
        new(surrogate.Browser, surrogate.System, surrogate.Ip);

    public ClientDeviceSurrogate ConvertToSurrogate(in ClientDevice value) =>
        new(value.Browser, value.System, value.Ip);
}

[GenerateSerializer, Immutable, Alias("device-mark-surrogate")]
internal readonly record struct DeviceMarkSurrogate(
    [property: Id(0)] string Id,
    [property: Id(1)] long Epoch
);

[RegisterConverter]
internal sealed class DeviceMarkConverter : IConverter<DeviceMark, DeviceMarkSurrogate>
{
    public DeviceMark ConvertFromSurrogate(in DeviceMarkSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Epoch);

    public DeviceMarkSurrogate ConvertToSurrogate(in DeviceMark value) =>
        new(value.Id, value.Epoch);
}
