namespace SessionAuth.Domain.SignIn;

/// <summary>A device that the account recognizes from an earlier sign-in.</summary>
/// <param name="Mark">The device mark.</param>
/// <param name="Of">The number of known devices of the account, including this one.</param>
public sealed record KnownDevice(DeviceMark Mark, int Of);
