namespace SessionAuth.Api.Tests.Running;

/// <summary>What an answer does with the two cookies.</summary>
public static class SetCookies
{
    private static readonly string[] Names = ["accessToken", "refreshToken"];

    /// <summary>Asserts that the answer brings both cookies anew.</summary>
    public static void BothAnew(HttpResponseMessage response)
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

    /// <summary>Asserts that the answer leaves the cookies alone.</summary>
    public static void None(HttpResponseMessage response) => Assert.Empty(Lines(response));

    private static string[] Lines(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines)
            ? [.. lines]
            : [];
}
