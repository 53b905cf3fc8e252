using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

[Collection(SharedSiloTests.Name)]
public sealed class PasswordRuleTests(SharedSilo shared)
{
    // One code point, two UTF-16 units, four bytes.
    private const string Emoji = "\U0001F511";

    private RunningSilo Silo => shared.Silo;

    [Theory(DisplayName = "S-24 Passwords of 8 to 256 code points are accepted")]
    [InlineData("seven77", PasswordRefusal.TooShort)]
    [InlineData("eight 8!", null)]
    public async Task Passwords_of_8_to_256_code_points_are_accepted(
        string password,
        PasswordRefusal? expected
    ) => Assert.Equal(expected, await Refusal(password));

    [Theory(DisplayName = "S-24 Emoji counts as one code point")]
    [InlineData(7, PasswordRefusal.TooShort)]
    [InlineData(8, null)]
    [InlineData(256, null)]
    [InlineData(257, PasswordRefusal.TooLong)]
    public async Task Emoji_counts_as_one_code_point(int count, PasswordRefusal? expected) =>
        Assert.Equal(expected, await Refusal(string.Concat(Enumerable.Repeat(Emoji, count))));

    [Fact(DisplayName = "S-24 Code points are counted after NFC")]
    public async Task Code_points_are_counted_after_NFC()
    {
        // e and a combining accent become one code point.
        string composedToSeven = string.Concat(Enumerable.Repeat("e\u0301", 7));

        Assert.Equal(PasswordRefusal.TooShort, await Refusal(composedToSeven));
    }

    [Fact(
        DisplayName = "S-24 Password is accepted in any form that is equal after NFC, and in no other"
    )]
    public async Task Password_is_accepted_in_any_form_that_is_equal_after_NFC_and_in_no_other()
    {
        IUserGrain user = await Register("caf\u00e9 au lait \ufb01n");

        Assert.IsType<SignInResult.SignedIn>(await SignIn(user, "cafe\u0301 au lait \ufb01n"));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, "caf\u00e9 au lait fin"));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, "CAF\u00c9 AU LAIT \ufb01n"));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, " caf\u00e9 au lait \ufb01n"));
    }

    [Fact(DisplayName = "S-24 The 256th code point is compared")]
    public async Task The_256th_code_point_is_compared()
    {
        string start = string.Concat(Enumerable.Repeat(Emoji, 255));
        IUserGrain user = await Register(start + "a");

        Assert.IsType<SignInResult.Refused>(await SignIn(user, start + "b"));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, start));
        Assert.IsType<SignInResult.SignedIn>(await SignIn(user, start + "a"));
    }

    [Fact(DisplayName = "S-24 Password may contain a NUL and is not truncated there")]
    public async Task Password_may_contain_a_NUL_and_is_not_truncated_there()
    {
        IUserGrain user = await Register("before it\0after it");

        Assert.IsType<SignInResult.Refused>(await SignIn(user, "before it"));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, "before it\0"));
        Assert.IsType<SignInResult.SignedIn>(await SignIn(user, "before it\0after it"));
    }

    [Theory(
        DisplayName = "S-25 Common passwords and those like the service or the email are refused with the reason"
    )]
    [InlineData("password1", PasswordRefusal.Common)]
    [InlineData("PassWord1", PasswordRefusal.Common)]
    [InlineData("1234567890", PasswordRefusal.Common)]
    [InlineData("sessionauth", PasswordRefusal.LikeTheService)]
    [InlineData("SessionAuth", PasswordRefusal.LikeTheService)]
    [InlineData("ada.lovelace@example.org", PasswordRefusal.LikeTheEmail)]
    [InlineData("Ada.Lovelace@Example.ORG", PasswordRefusal.LikeTheEmail)]
    [InlineData("ada.lovelace", PasswordRefusal.LikeTheEmail)]
    [InlineData("ada.lovelace wrote notes", null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaa b", null)]
    public async Task Common_passwords_and_those_like_the_service_or_the_email_are_refused_with_the_reason(
        string password,
        PasswordRefusal? expected
    ) => Assert.Equal(expected, await Refusal(password));

    private async Task<PasswordRefusal?> Refusal(string password)
    {
        RegisterResult result = await Silo
            .Grains.User(People.NewUser())
            .Register(People.Registration("ada.lovelace@example.org", new Password(password)));
        return (result as RegisterResult.PasswordRefused)?.Reason;
    }

    private async Task<IUserGrain> Register(string password)
    {
        IUserGrain user = Silo.Grains.User(People.NewUser());
        Assert.IsType<RegisterResult.SignedIn>(
            await user.Register(People.Registration(People.NewEmail(), new Password(password)))
        );
        return user;
    }

    private static Task<SignInResult> SignIn(IUserGrain user, string password) =>
        user.SignIn(People.SignIn(new Password(password)));
}
