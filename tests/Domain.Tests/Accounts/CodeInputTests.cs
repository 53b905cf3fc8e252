using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Typed and displayed codes of second factors.</summary>
public sealed class CodeInputTests
{
    [Theory]
    [InlineData("123456", "123456")]
    [InlineData("123 456", "123456")]
    [InlineData(" 12-34\u201356\t", "123456")]
    [InlineData("12\u00A034\u202856\u2029", "123456")]
    [InlineData("\u200E123456", "123456")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666", "123456")]
    [InlineData("\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16", "123456")]
    [InlineData("\uFF21\uFF22\uFF0D\uFF41\uFF01\uFF5E", "ABa!~")]
    [InlineData("abcd-EFGH", "abcdEFGH")]
    [InlineData("a.b_c", "a.b_c")]
    public void Separators_are_dropped_and_digits_of_all_scripts_are_accepted(
        string typed,
        string plain
    ) => Assert.Equal(plain, CodeInput.Normalize(typed));

    [Fact]
    public void Code_is_either_of_the_app_or_a_recovery_code()
    {
        Assert.Equal(AuthenticationMethod.Totp, SecondFactorCode.Of("1", null)!.Method);
        Assert.Equal(AuthenticationMethod.RecoveryCode, SecondFactorCode.Of(null, "a")!.Method);
        Assert.Null(SecondFactorCode.Of(null, null));
        Assert.Null(SecondFactorCode.Of("1", "a"));
    }

    [Fact]
    public void Recovery_code_is_shown_in_groups_of_five_unambiguous_characters()
    {
        byte[] bytes = [.. Enumerable.Range(0, 25).Select(i => (byte)(i * 9))];

        Assert.Matches(
            "^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$",
            RecoveryCodeFactor.Shown(bytes).Text
        );
    }
}
