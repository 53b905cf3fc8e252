namespace SessionAuth.Domain.SignIn;

/// <summary>A device on which a user has signed in before, and which the account remembers.</summary>
/// <param name="Mark">The device.</param>
/// <param name="Of">How many known devices the user has, this one included.</param>
public sealed record KnownDevice(DeviceMark Mark, int Of);
