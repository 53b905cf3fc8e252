using SessionAuth.Api.Cookies;

namespace SessionAuth.Api.Tests.Cookies;

/// <summary>The cache of verified tokens.</summary>
public sealed class RecentTokensTests
{
    private const string End = "the same forty-three characters at the end.";

    [Fact]
    public void A_token_is_found_by_all_its_characters()
    {
        RecentTokens<string> tokens = new(capacity: 10);
        tokens.Add("a" + End, "first");
        tokens.Add("b" + End, "second");

        Assert.True(tokens.TryGet("a" + End, out string? first));
        Assert.Equal("first", first);
        Assert.True(tokens.TryGet("b" + End, out string? second));
        Assert.Equal("second", second);
        Assert.False(tokens.TryGet("c" + End, out _));
        Assert.False(tokens.TryGet(End, out _));
    }

    [Fact]
    public void A_short_text_is_found_too()
    {
        RecentTokens<string> tokens = new(capacity: 10);
        tokens.Add("short", "token");

        Assert.True(tokens.TryGet("short", out string? token));
        Assert.Equal("token", token);
        Assert.False(tokens.TryGet("", out _));
    }
}
