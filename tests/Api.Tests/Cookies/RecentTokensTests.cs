using System.Globalization;
using SessionAuth.Api.Cookies;

namespace SessionAuth.Api.Tests.Cookies;

/// <summary>The cache of verified tokens.</summary>
public sealed class RecentTokensTests
{
    private const string End = "the same forty-three characters at the end.";

    private static readonly DateTimeOffset s_later = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_is_found_by_all_its_characters()
    {
        RecentTokens<string> tokens = new(capacity: 10, _ => s_later);
        tokens.Put("a" + End, "first");
        tokens.Put("b" + End, "second");

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
        RecentTokens<string> tokens = new(capacity: 10, _ => s_later);
        tokens.Put("short", "token");

        Assert.True(tokens.TryGet("short", out string? token));
        Assert.Equal("token", token);
        Assert.False(tokens.TryGet("", out _));
    }

    [Fact]
    public void As_many_tokens_as_it_may_keep_are_all_kept_and_found()
    {
        RecentTokens<string> tokens = new(capacity: 1000, _ => s_later);
        foreach (int number in Enumerable.Range(0, 1000))
            tokens.Put($"{number}{End}", $"{number}");

        Assert.All(
            Enumerable.Range(0, 1000),
            number => Assert.True(tokens.TryGet($"{number}{End}", out _))
        );
    }

    [Fact]
    public void Beyond_that_the_tokens_that_expire_first_are_evicted()
    {
        RecentTokens<string> tokens = new(
            capacity: 800,
            token => s_later.AddSeconds(int.Parse(token, CultureInfo.InvariantCulture))
        );
        // The order of their insertion does not matter.
        foreach (int number in Enumerable.Range(1, 800).Reverse().Append(801))
            tokens.Put($"{number}{End}", $"{number}");

        Assert.All(
            Enumerable.Range(1, 100),
            number => Assert.False(tokens.TryGet($"{number}{End}", out _))
        );
        Assert.All(
            Enumerable.Range(102, 700),
            number => Assert.True(tokens.TryGet($"{number}{End}", out _))
        );
    }
}
