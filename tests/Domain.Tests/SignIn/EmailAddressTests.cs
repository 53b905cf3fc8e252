using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class EmailAddressTests
{
    private static readonly string s_longestLocal = new('l', 64);
    private static readonly string s_longestLabel = new('d', 63);

    // 64 before the @ and 189 after it: 254 in total.
    private static readonly string s_longest =
        $"{s_longestLocal}@{s_longestLabel}.{s_longestLabel}.{new string('e', 61)}";

    [Theory(DisplayName = "S-28 Different spellings of one mailbox have one canonical form")]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("  Ada@EXAMPLE.Org\t", "ada@example.org")]
    [InlineData("ada@example.org.", "ada@example.org")]
    [InlineData("ada\uFF20example.org", "ada@example.org")]
    [InlineData("\uFF41da@example.org", "ada@example.org")]
    [InlineData("ada@example\u3002org", "ada@example.org")]
    [InlineData("ada@b\u00FCcher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@BU\u0308CHER.example.", "ada@xn--bcher-kva.example")]
    [InlineData("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@fa\u00DF.example", "ada@xn--fa-hia.example")]
    [InlineData("ada@ab--cd.example", "ada@ab--cd.example")]
    [InlineData("ada+news@example.org", "ada+news@example.org")]
    [InlineData("a.da@example.org", "a.da@example.org")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org")]
    [InlineData("0123456789@2.example", "0123456789@2.example")]
    [InlineData("a@b.co", "a@b.co")]
    [InlineData("ada@a-b.example", "ada@a-b.example")]
    public void Different_spellings_of_one_mailbox_have_one_canonical_form(
        string typed,
        string canonical
    )
    {
        Assert.True(EmailAddress.TryParse(typed, out EmailAddress? email));
        Assert.Equal(canonical, email.Value);
        Assert.True(EmailAddress.TryParse(canonical, out EmailAddress? again));
        Assert.Equal(email, again);
        Assert.False(EmailAddress.HasNonAsciiLocalPart(typed));
    }

    [Theory(DisplayName = "S-28 Malformed email is refused")]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@example")]
    [InlineData("ada@@example.org")]
    [InlineData("ada@bob@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("a..da@example.org")]
    [InlineData("a da@example.org")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada@exa_mple.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example-.org")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@example.org..")]
    [InlineData("ada@192.0.2.1")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("ada@1.2.3")]
    [InlineData("ada@example.o1")]
    [InlineData("ada@xn--\u00FC.example")]
    [InlineData("ada@xn--999999999.example")]
    [InlineData("ada@xn--999999999.xn--999999999")]
    [InlineData("ada@xn--999999999.xn--999999999a")]
    [InlineData("a\r\nRCPT TO:<b>@example.org")]
    [InlineData("ada@example.org\r\nb")]
    [InlineData("a\uFFFEda@example.org")]
    public void Malformed_email_is_refused(string typed)
    {
        Assert.False(EmailAddress.TryParse(typed, out EmailAddress? email));
        Assert.Null(email);
    }

    [Fact(DisplayName = "S-28 Each part has a maximum length")]
    public void Each_part_has_a_maximum_length()
    {
        Assert.Equal(254, s_longest.Length);
        Assert.True(EmailAddress.TryParse(s_longest, out _));
        Assert.False(EmailAddress.TryParse(s_longest + "e", out _));
        Assert.True(EmailAddress.TryParse($"{s_longestLocal}@example.org", out _));
        Assert.False(EmailAddress.TryParse($"{s_longestLocal}l@example.org", out _));
        Assert.True(EmailAddress.TryParse($"a@{s_longestLabel}.org", out _));
        Assert.False(EmailAddress.TryParse($"a@{s_longestLabel}d.org", out _));
        Assert.True(EmailAddress.TryParse("a@example.org".PadLeft(1024), out _));
        Assert.False(EmailAddress.TryParse("a@example.org".PadLeft(1025), out _));
    }

    [Theory(DisplayName = "S-28 Unsupported letters before the @ are named as the reason")]
    [InlineData("m\u00FCller@example.org", true)]
    [InlineData("\u0430\u0434\u0430@example.org", true)]
    [InlineData("ad\u0131@example.org", true)]
    [InlineData("m\u00FCller@example", false)]
    [InlineData("m\u00FCller", false)]
    [InlineData("@example.org", false)]
    [InlineData("\u2713@example.org", false)]
    [InlineData("a b@example.org", false)]
    [InlineData("\uFFFE\u00FC@example.org", false)]
    public void Unsupported_letters_before_the_are_named_as_the_reason(string typed, bool expected)
    {
        Assert.Equal(expected, EmailAddress.HasNonAsciiLocalPart(typed));
        Assert.False(EmailAddress.TryParse(typed, out _));
    }
}
