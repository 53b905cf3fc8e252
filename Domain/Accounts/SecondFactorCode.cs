using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>A code for a second factor.</summary>
/// <param name="Method"><see cref="AuthenticationMethod.Totp"/> or <see cref="AuthenticationMethod.RecoveryCode"/>.</param>
/// <param name="Text">The code as typed.</param>
public sealed record SecondFactorCode(AuthenticationMethod Method, Secret Text);
