using System.Text.Json;

namespace SessionAuth.Api.Factors;

/// <summary>A code for the second step of a sign-in: one of the two.</summary>
/// <param name="Code">Six digits of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
internal sealed record SecondFactorRequest(string? Code = null, string? RecoveryCode = null);

/// <summary>A proof of who is there: the password, with a code where there is an authenticator app; or a passkey.</summary>
/// <param name="Password">The password.</param>
/// <param name="Code">Six digits of the authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="Challenge">The challenge that the passkey has signed.</param>
/// <param name="Credential">What the browser made of it.</param>
internal sealed record StepUpRequest(
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null,
    string? Challenge = null,
    JsonElement? Credential = null
);

/// <summary>A secret for an authenticator app.</summary>
/// <param name="Secret">In base32, to be typed.</param>
/// <param name="Uri">The same as an address that apps open.</param>
/// <param name="Qr">The same as a picture to be scanned: SVG.</param>
internal sealed record TotpOffer(string Secret, string Uri, string Qr);

/// <summary>A code of the authenticator app.</summary>
/// <param name="Code">Six digits.</param>
internal sealed record CodeRequest(string Code);

/// <summary>Recovery codes, which are shown once.</summary>
/// <param name="RecoveryCodes">Ten codes, each good once.</param>
internal sealed record RecoveryCodeList(IReadOnlyList<string> RecoveryCodes);
