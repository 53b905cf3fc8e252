using System.Net;

namespace SessionAuth.Bench.Peers;

/// <summary>A browser that is signed in at a peer.</summary>
internal static class PeerSession
{
    // As for people at SessionAuth.
    private const int Parallelism = 8;

    /// <summary>The cookies of new sessions, each as a browser sends it.</summary>
    public static async Task<string[]> SignIn(string url, int count)
    {
        using HttpClient http = Client(url);
        string[] cookies = new string[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (index, _) => cookies[index] = await SignIn(http)
        );
        return cookies;
    }

    /// <summary>Makes sure that a peer refuses requests without a session, and those of one that was revoked.</summary>
    public static async Task RequireRefusals(string url)
    {
        using HttpClient http = Client(url);
        string cookie = await SignIn(http);
        await Require(http, null, HttpStatusCode.Unauthorized);
        await Require(http, cookie, HttpStatusCode.OK);
        using HttpResponseMessage revoked = await Send(http, HttpMethod.Post, "/sign-out", cookie);
        revoked.EnsureSuccessStatusCode();
        await Require(http, cookie, HttpStatusCode.Unauthorized);
    }

    private static HttpClient Client(string url) =>
        new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(url) };

    private static async Task<string> SignIn(HttpClient http)
    {
        using HttpResponseMessage response = await Send(http, HttpMethod.Post, "/sign-in", null);
        response.EnsureSuccessStatusCode();
        return string.Join(
            "; ",
            response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])
        );
    }

    private static async Task Require(HttpClient http, string? cookie, HttpStatusCode status)
    {
        using HttpResponseMessage response = await Send(http, HttpMethod.Get, "/test", cookie);
        if (response.StatusCode != status)
            throw new InvalidOperationException(
                $"{http.BaseAddress} answered {response.StatusCode} instead of {status}."
            );
    }

    private static async Task<HttpResponseMessage> Send(
        HttpClient http,
        HttpMethod method,
        string path,
        string? cookie
    )
    {
        using HttpRequestMessage request = new(method, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request);
    }
}
