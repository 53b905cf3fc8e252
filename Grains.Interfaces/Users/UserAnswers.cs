using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>What a user's grain answers. A closed set; each call says which of them it gives.</summary>
[GenerateSerializer, Immutable, Alias("user-answer")]
public abstract record UserAnswer;

/// <summary>The person is in.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Grant">The new session.</param>
[GenerateSerializer, Immutable, Alias("answer-admitted")]
public sealed record Admitted([property: Id(0)] string Email, [property: Id(1)] SessionGrant Grant)
    : UserAnswer;

/// <summary>The password is right.</summary>
/// <param name="Stamp">The state of the account's secrets that it is right for.</param>
[GenerateSerializer, Immutable, Alias("answer-password-matched")]
public sealed record PasswordMatched([property: Id(0)] long Stamp) : UserAnswer;

/// <summary>The user is made, but gets no session before the address is verified.</summary>
[GenerateSerializer, Immutable, Alias("answer-verification-awaited")]
public sealed record VerificationAwaited : UserAnswer;

/// <summary>The password is right; a second factor is needed to be in.</summary>
/// <param name="User">The user.</param>
/// <param name="Stamp">What the second step has to bring along: the state of the account's secrets.</param>
/// <param name="Methods">What would do.</param>
[GenerateSerializer, Immutable, Alias("answer-second-factor-needed")]
public sealed record SecondFactorNeeded(
    [property: Id(0)] UserId User,
    [property: Id(1)] long Stamp,
    [property: Id(2)] IReadOnlyList<AuthenticationMethod> Methods
) : UserAnswer;

/// <summary>What was given is not right. For a password: no such user, or another password, never told apart.</summary>
/// <param name="Of">What was not right.</param>
/// <param name="IsOfAnotherKind">
/// For a passkey: everything else is right, but whether it may be backed up is not as it was when it was added.
/// </param>
[GenerateSerializer, Immutable, Alias("answer-refused")]
public sealed record Refused(
    [property: Id(0)] AuthenticationMethod Of = AuthenticationMethod.Password,
    [property: Id(1)] bool IsOfAnotherKind = false
) : UserAnswer;

/// <summary>The first step of this sign-in is too old, used, or from before a change of the account's secrets.</summary>
[GenerateSerializer, Immutable, Alias("answer-sign-in-expired")]
public sealed record SignInExpired : UserAnswer;

/// <summary>The address is not verified, which what was asked for needs. A mail that verifies it has been sent.</summary>
[GenerateSerializer, Immutable, Alias("answer-address-not-verified")]
public sealed record AddressNotVerified : UserAnswer;

/// <summary>The new password is not accepted.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Limit">The number of code points that it had to have, where that is why; else 0.</param>
[GenerateSerializer, Immutable, Alias("answer-password-refused")]
public sealed record PasswordRefused(
    [property: Id(0)] PasswordRefusal Refusal,
    [property: Id(1)] int Limit = 0
) : UserAnswer;

/// <summary>The address has an owner, who may yet turn out to have none or another.</summary>
/// <param name="Owner">The owner.</param>
/// <param name="MayBeTold">Whether who asked may be told so: false where registration is private.</param>
[GenerateSerializer, Immutable, Alias("answer-address-taken")]
public sealed record AddressTaken(
    [property: Id(0)] UserId Owner,
    [property: Id(1)] bool MayBeTold = true
) : UserAnswer;

/// <summary>Nobody may register.</summary>
[GenerateSerializer, Immutable, Alias("answer-registration-closed")]
public sealed record RegistrationClosed : UserAnswer;

/// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
[GenerateSerializer, Immutable, Alias("answer-busy")]
public sealed record Busy : UserAnswer;

/// <summary>It is done, durably.</summary>
/// <param name="Grant">The new tokens of the session that asked, where it gets some.</param>
/// <param name="Mark">What the browser that asked is to be known by, where there is no session.</param>
[GenerateSerializer, Immutable, Alias("answer-done")]
public sealed record Done(
    [property: Id(0)] SessionGrant? Grant = null,
    [property: Id(1)] DeviceMark? Mark = null
) : UserAnswer;

/// <summary>The session that asks has no proof of who is there that is strong and fresh enough (ASVS 7.5.1).</summary>
/// <param name="Accepts">The ways that would do, each all of its methods together.</param>
[GenerateSerializer, Immutable, Alias("answer-step-up-required")]
public sealed record StepUpRequired(
    [property: Id(0)] IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts
) : UserAnswer;

/// <summary>The session that asks has ended meanwhile, and perhaps its user with it.</summary>
[GenerateSerializer, Immutable, Alias("answer-signed-out")]
public sealed record SignedOut : UserAnswer;

/// <summary>There is nothing of that kind.</summary>
[GenerateSerializer, Immutable, Alias("answer-not-there")]
public sealed record NotThere : UserAnswer;

/// <summary>It is so already.</summary>
[GenerateSerializer, Immutable, Alias("answer-already-so")]
public sealed record AlreadySo : UserAnswer;

/// <summary>The user has as many as allowed.</summary>
[GenerateSerializer, Immutable, Alias("answer-too-many")]
public sealed record TooMany : UserAnswer;

/// <summary>The settings do not allow it.</summary>
[GenerateSerializer, Immutable, Alias("answer-not-allowed")]
public sealed record NotAllowed : UserAnswer;

/// <summary>The token of a mailed link is wrong, used, too old, or for something else: never told apart.</summary>
[GenerateSerializer, Immutable, Alias("answer-link-refused")]
public sealed record LinkRefused : UserAnswer;

/// <summary>The address is verified.</summary>
/// <param name="Email">The address.</param>
/// <param name="StartedOver">Whether the account was started over, and has no password yet.</param>
/// <param name="Already">Whether it was so before: nothing was changed.</param>
[GenerateSerializer, Immutable, Alias("answer-address-verified")]
public sealed record AddressVerified(
    [property: Id(0)] string Email,
    [property: Id(1)] bool StartedOver,
    [property: Id(2)] bool Already = false
) : UserAnswer;

/// <summary>
/// The link is good, but who opened it has neither a session of the account nor its password: the address can only be
/// verified by starting the account over, and nobody has asked for that.
/// </summary>
[GenerateSerializer, Immutable, Alias("answer-start-over-needed")]
public sealed record StartOverNeeded : UserAnswer;

/// <summary>A secret for an authenticator app, to be confirmed by a code.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Email">The account's address, for the app's list.</param>
[GenerateSerializer, Immutable, Alias("answer-totp-offered")]
public sealed record TotpOffered([property: Id(0)] Secret Secret, [property: Id(1)] string Email)
    : UserAnswer;

/// <summary>New recovery codes. They are shown once.</summary>
/// <param name="Codes">The codes.</param>
/// <param name="Grant">The new tokens of the session that asked.</param>
[GenerateSerializer, Immutable, Alias("answer-recovery-codes")]
public sealed record RecoveryCodesMade(
    [property: Id(0)] IReadOnlyList<Secret> Codes,
    [property: Id(1)] SessionGrant? Grant
) : UserAnswer;
