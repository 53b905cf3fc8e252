using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>How the result of an operation counts as an attempt.</summary>
public sealed class SecretVerificationsTests
{
    [Theory]
    [InlineData(SecretVerification.Right, AttemptOutcome.Succeeded)]
    [InlineData(SecretVerification.Wrong, AttemptOutcome.Failed)]
    [InlineData(SecretVerification.NotVerified, AttemptOutcome.NotVerified)]
    [InlineData(SecretVerification.Overloaded, AttemptOutcome.NotVerified)]
    public void Verification_counts_by_its_outcome(
        SecretVerification verification,
        AttemptOutcome outcome
    ) => Assert.Equal(outcome, verification.Outcome());

    [Theory]
    [InlineData(true, SecretVerification.Right)]
    [InlineData(false, SecretVerification.Wrong)]
    public void Right_password_of_an_unverified_email_counts_as_wrong_when_registration_is_private(
        bool mayBeTold,
        SecretVerification verification
    ) =>
        Assert.Equal(
            verification,
            SecretVerifications.OfPassword(new SignInResult.EmailNotVerified(mayBeTold))
        );
}
