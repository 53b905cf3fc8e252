using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests;

public sealed class IdTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_session_id_has_22_characters_and_can_be_parsed()
    {
        SessionId id = SessionId.New();

        Assert.Equal(22, id.Value.Length);
        Assert.Equal(id, SessionId.Parse(id.ToString()));
        Assert.NotEqual(id, SessionId.New());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    public void Malformed_session_id_is_refused(string? text)
    {
        Assert.False(SessionId.TryParse(text, out SessionId id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => SessionId.Parse(text!));
    }

    [Fact]
    public void Logged_session_id_has_twelve_digits_that_do_not_reveal_the_id()
    {
        SessionId id = SessionId.Parse("AAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal("8a5bdb4cc151", id.Fingerprint);
    }

    [Fact]
    public void User_ids_sort_by_age_and_can_be_parsed()
    {
        UserId earlier = UserId.New(s_now);
        UserId later = UserId.New(s_now.AddMilliseconds(1));

        Assert.True(string.CompareOrdinal(earlier.Value, later.Value) < 0);
        Assert.Equal('7', earlier.Value[12]);
        Assert.Equal(earlier, UserId.Parse(earlier.ToString()));
    }

    [Fact]
    public void Ids_keep_all_their_characters()
    {
        Assert.Equal("AbCdEfGhIjKlMnOpQrSt-w", $"{SessionId.Parse("AbCdEfGhIjKlMnOpQrSt-w")}");
        Assert.Equal(
            "0123456789abcdef0123456789abcdef",
            $"{UserId.Parse("0123456789abcdef0123456789abcdef")}"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    public void Malformed_user_id_is_refused(string? text)
    {
        Assert.False(UserId.TryParse(text, out UserId id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => UserId.Parse(text!));
    }

    [Fact]
    public void Emails_without_an_account_share_a_bounded_number_of_decoy_ids()
    {
        HashSet<UserId> decoys =
        [
            .. Enumerable
                .Range(0, 20_000)
                .Select(i => UserId.DecoyFor(EmailKey.Of($"nobody{i}@example.org"))),
        ];

        Assert.Equal(UserId.DecoyCount, decoys.Count);
        Assert.All(decoys, decoy => Assert.Equal('8', decoy.Value[12]));
        Assert.All(decoys, decoy => Assert.True(UserId.TryParse(decoy.Value, out _)));
    }

    [Fact]
    public void Email_key_is_the_SHA_256_of_the_email()
    {
        EmailKey key = EmailKey.Of("ada@example.org");

        Assert.Equal(
            "cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d",
            key.ToString()
        );
        Assert.Equal(key.Value[..12], key.Fingerprint);
        Assert.Equal(key, EmailKey.Of("ada@example.org"));
        Assert.NotEqual(key, EmailKey.Of("adb@example.org"));
    }

    [Fact]
    public void Operation_ids_are_22_random_characters() =>
        Assert.Equal(
            100,
            Enumerable
                .Range(0, 100)
                .Select(_ => OperationId.New().ToString())
                .Where(text => text.Length == 22)
                .Distinct()
                .Count()
        );

    [Fact]
    public void Secrets_are_not_printed()
    {
        Assert.Equal("[redacted]", new Password("hunter2").ToString());
        Assert.Equal("[redacted]", $"{new Secret("hunter2")}");
    }
}
