using SessionAuth.Settings;

namespace SessionAuth.Hosting.Tests;

/// <summary>Parsing of <c>.env</c> files.</summary>
public sealed class DotEnvTests
{
    [Theory]
    // Nothing is expanded.
    [InlineData("A=smtp://mailer:pa$word7@mail.example", "smtp://mailer:pa$word7@mail.example")]
    [InlineData("A=\"pa$word7 ${HOME} $(id) `id`\"", "pa$word7 ${HOME} $(id) `id`")]
    [InlineData("A='pa$word7 ${HOME}'", "pa$word7 ${HOME}")]
    [InlineData("A=$HOME", "$HOME")]
    [InlineData("A=$$", "$$")]
    [InlineData("A=%HOME% ~ *", "%HOME% ~ *")]
    [InlineData("A=C:\\data\\new", "C:\\data\\new")]
    // Comments.
    [InlineData("A=pa#word", "pa#word")]
    [InlineData("A=word # a comment", "word")]
    [InlineData("A=word\t# a comment", "word")]
    [InlineData("A= # a comment", "")]
    [InlineData("A=#word", "")]
    [InlineData("A='pa #word' # a comment's quote", "pa #word")]
    [InlineData("A=\"pa #word\"# a comment", "pa #word")]
    [InlineData("  # A=no\nA=yes", "yes")]
    // Quotes.
    [InlineData("A=\"\"", "")]
    [InlineData("A=''", "")]
    [InlineData("A=' a '", " a ")]
    [InlineData("A=\"a \\\"b\\\" \\\\ c\\td\\ne\"", "a \"b\" \\ c\td\ne")]
    [InlineData("A=\"C:\\data\"", "C:\\data")]
    [InlineData("A='a\\nb'", "a\\nb")]
    [InlineData("A=`it's \"so\"`", "it's \"so\"")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=a\"b\"", "a\"b\"")]
    [InlineData("A='{\"a\": 1}'", "{\"a\": 1}")]
    [InlineData("A=\"-----BEGIN\nb\n-----END\"\nB=1", "-----BEGIN\nb\n-----END")]
    // White space and line ends.
    [InlineData("A = word ", "word")]
    [InlineData("  A=two words  ", "two words")]
    [InlineData("A=word\r\nB=1\r\n", "word")]
    [InlineData("A=word\rB=1", "word")]
    [InlineData("\ufeffA=word", "word")]
    [InlineData("\n\n\t\nA=word", "word")]
    [InlineData("A=", "")]
    [InlineData("A=a=b==", "a=b==")]
    [InlineData("export A=word", "word")]
    [InlineData("export  A = word", "word")]
    [InlineData("A=Grüße 🔑", "Grüße 🔑")]
    // The last one counts.
    [InlineData("A=first\nA=last", "last")]
    public void Value_is_parsed_as_by_other_readers_of_env_files(string text, string expected) =>
        Assert.Equal(expected, DotEnv.Parse(text)["A"]);

    [Theory]
    [InlineData("A", 1)]
    [InlineData("A=1\nnonsense\nB=2", 2)]
    [InlineData("=1", 1)]
    [InlineData("1A=1", 1)]
    [InlineData("A-B=1", 1)]
    [InlineData("A B=1", 1)]
    [InlineData("export A", 1)]
    [InlineData("A=1\n\nB='no end\nC=3", 3)]
    [InlineData("A=\"no end", 1)]
    [InlineData("A='word' more", 1)]
    [InlineData("A=\"a\nb\" more", 1)]
    public void Malformed_setting_is_refused_with_its_line(string text, int line)
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => DotEnv.Parse(text));

        Assert.Contains($"at line {line},", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORT=5080\nTHIS IS NOT A SETTING\n", "line 2")]
    [InlineData("COOKIE_SIGNATURE = '{0}\n", "quotation mark")]
    [InlineData("PORT=5080\nJWT_SIGNATURE=\"{0}", "quotation mark")]
    [InlineData("{0} {0}\n", "line 1")]
    public void Malformed_env_file_is_named_and_not_quoted(string text, string where)
    {
        string secret = Convert.ToHexString(Guid.NewGuid().ToByteArray());

        string message = Assert
            .Throws<SettingsException>(() =>
                DotEnv.Parse(text.Replace("{0}", secret, StringComparison.Ordinal))
            )
            .Message;

        Assert.Contains(".env", message, StringComparison.Ordinal);
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..8], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# a comment")]
    [InlineData("\ufeff\r\n  # a comment\r\n")]
    public void Empty_and_comment_lines_set_nothing(string text) =>
        Assert.Empty(DotEnv.Parse(text));
}
