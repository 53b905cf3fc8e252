using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class PasswordPolicyTests
{
    // One code point, two UTF-16 units, four bytes.
    private const string Emoji = "\U0001F511";

    private static readonly PasswordPolicy s_policy = new(
        MinimumLength: 8,
        ServiceNames: ["sessionauth", "example.test"],
        IsCommon: password => password == "password1"
    );

    [Theory(DisplayName = "S-24 Passwords of 8 to 256 code points are accepted")]
    [InlineData("seven77", PasswordRefusal.TooShort)]
    [InlineData("eight 8!", null)]
    [InlineData("", PasswordRefusal.TooShort)]
    public void Passwords_of_8_to_256_code_points_are_accepted(
        string password,
        PasswordRefusal? expected
    ) => Assert.Equal(expected, Refusal(password));

    [Theory(DisplayName = "S-24 Emoji counts as one code point")]
    [InlineData(7, PasswordRefusal.TooShort)]
    [InlineData(8, null)]
    [InlineData(256, null)]
    [InlineData(257, PasswordRefusal.TooLong)]
    public void Emoji_counts_as_one_code_point(int count, PasswordRefusal? expected) =>
        Assert.Equal(expected, Refusal(string.Concat(Enumerable.Repeat(Emoji, count))));

    [Fact(DisplayName = "S-24 Code points are counted after NFC, and nothing else is changed")]
    public void Code_points_are_counted_after_NFC_and_nothing_else_is_changed()
    {
        // e and a combining accent become one code point.
        string composedToSeven = string.Concat(Enumerable.Repeat("e\u0301", 7));

        Assert.Equal(PasswordRefusal.TooShort, Refusal(composedToSeven));
        Assert.Equal(" caf\u00e9 \ufb01n ", PasswordPolicy.Canonical(new(" cafe\u0301 \ufb01n ")));
    }

    [Fact]
    public void Refusal_for_the_length_names_the_limit()
    {
        Assert.Equal(
            new(PasswordRefusal.TooShort, 8),
            s_policy.Validate(new("short"), "ada@example.org")
        );
        Assert.Equal(
            new(PasswordRefusal.TooLong, 256),
            s_policy.Validate(new(new string('a', 257)), "ada@example.org")
        );
        Assert.Equal(
            new(PasswordRefusal.Common, 0),
            s_policy.Validate(new("password1"), "ada@example.org")
        );
    }

    [Theory(
        DisplayName = "S-25 Common passwords and those like the service or the email are refused with the reason"
    )]
    [InlineData("password1", PasswordRefusal.Common)]
    [InlineData("sessionauth", PasswordRefusal.LikeTheService)]
    [InlineData("SessionAuth", PasswordRefusal.LikeTheService)]
    [InlineData("EXAMPLE.test", PasswordRefusal.LikeTheService)]
    [InlineData("ada.lovelace@example.org", PasswordRefusal.LikeTheEmail)]
    [InlineData("Ada.Lovelace@Example.ORG", PasswordRefusal.LikeTheEmail)]
    [InlineData("ada.lovelace", PasswordRefusal.LikeTheEmail)]
    [InlineData("ada.lovelace wrote notes", null)]
    [InlineData("sessionauth is safe", null)]
    public void Common_passwords_and_those_like_the_service_or_the_email_are_refused_with_the_reason(
        string password,
        PasswordRefusal? expected
    ) => Assert.Equal(expected, Refusal(password));

    private static PasswordRefusal? Refusal(string password) =>
        s_policy.Validate(new(password), "ada.lovelace@example.org")?.Reason;
}
