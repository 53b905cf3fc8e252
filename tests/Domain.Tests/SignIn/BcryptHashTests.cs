using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class BcryptHashTests
{
    private const string Rest = "./AZaz09./AZaz09./AZaz09./AZaz09./AZaz09./AZaz09./AZa";

    [Theory]
    [InlineData("$2a$04$", 4, true)]
    [InlineData("$2b$14$", 14, true)]
    [InlineData("$2y$15$", 15, false)]
    [InlineData("$2b$31$", 31, false)]
    public void Hash_names_its_cost(string start, int cost, bool bearable)
    {
        Assert.True(BcryptHash.TryParse(start + Rest, out BcryptHash hash));

        Assert.Equal((cost, bearable), (hash.Cost, hash.HasAcceptableCost));
        Assert.Equal(start + Rest, hash.Text);
        Assert.Equal("[redacted]", hash.ToString());
        Assert.Equal(14, BcryptHash.HighestCost);
    }

    [Theory]
    [InlineData("$2x$10$")]
    [InlineData("$2$10$a")]
    [InlineData("$2b$03$")]
    [InlineData("$2b$32$")]
    [InlineData("$2b$1O$")]
    [InlineData("$2b$10!")]
    [InlineData("$1b$10$")]
    public void Hash_of_another_format_is_refused(string start)
    {
        Assert.False(BcryptHash.TryParse(start + Rest, out BcryptHash hash));
        Assert.Equal(default, hash);
    }

    [Fact]
    public void Hash_with_missing_extra_or_foreign_characters_is_refused()
    {
        Assert.False(BcryptHash.TryParse(null, out _));
        Assert.False(BcryptHash.TryParse("$2b$10$" + Rest[1..], out _));
        Assert.False(BcryptHash.TryParse("$2b$10$" + Rest + "a", out _));
        Assert.False(BcryptHash.TryParse("$2b$10$" + Rest[1..] + "\n", out _));
        Assert.False(BcryptHash.TryParse("$2b$10$" + Rest[1..] + "-", out _));
    }
}
