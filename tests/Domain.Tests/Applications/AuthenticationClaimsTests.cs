using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Applications;

/// <summary>How applications are told in which way a user has authenticated.</summary>
public sealed class AuthenticationClaimsTests
{
    public static TheoryData<AuthenticationMethod[], string?, string[]> Ways =>
        new()
        {
            { [], null, [] },
            { [AuthenticationMethod.Password], AuthenticationClaims.OneFactor, ["pwd"] },
            { [AuthenticationMethod.Passkey], AuthenticationClaims.TwoFactors, ["pop", "mfa"] },
            {
                [AuthenticationMethod.Password, AuthenticationMethod.Totp],
                AuthenticationClaims.TwoFactors,
                ["pwd", "otp", "mfa"]
            },
            {
                [AuthenticationMethod.Password, AuthenticationMethod.RecoveryCode],
                AuthenticationClaims.TwoFactors,
                ["pwd", "otp", "mfa"]
            },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Methods_are_told_in_the_terms_of_RFC_8176(
        AuthenticationMethod[] methods,
        string? acr,
        string[] amr
    )
    {
        Assert.Equal(acr, AuthenticationClaims.Acr(methods));
        Assert.Equal(amr, AuthenticationClaims.Amr(methods));
    }
}
