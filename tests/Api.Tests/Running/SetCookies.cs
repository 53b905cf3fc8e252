namespace SessionAuth.Api.Tests.Running;

/// <summary>What an answer does with the access cookie and the refresh cookie.</summary>
public static class SetCookies
{
    private static readonly string[] Names = ["accessToken", "refreshToken"];

    /// <summary>Asserts that the answer sets both cookies.</summary>
    public static void BothSet(HttpResponseMessage response)
    {
        string[] lines = Lines(response);
        Assert.Equal(Names, lines.Select(line => line.Split('=')[0]).Order());
        Assert.All(lines, line => Assert.NotEmpty(line.Split(';')[0].Split('=', 2)[1]));
    }

    /// <summary>Asserts that the answer clears both cookies.</summary>
    public static void BothCleared(HttpResponseMessage response)
    {
        string[] lines = Lines(response);
        Assert.Equal(Names, lines.Select(line => line.Split('=')[0]).Order());
        Assert.All(lines, line => Assert.Contains("; Max-Age=0;", line, StringComparison.Ordinal));
    }

    /// <summary>Asserts that the answer sets no cookies.</summary>
    public static void None(HttpResponseMessage response) => Assert.Empty(Lines(response));

    private static string[] Lines(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines)
            ? [.. lines]
            : [];
}
