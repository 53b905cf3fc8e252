namespace SessionAuth.Bench.Sessions;

/// <summary>Checks sessions at a node, each by the cookie of its browser.</summary>
internal static class CookieChecks
{
    private const int AtOnce = 64;

    /// <summary>
    /// Checks each session until the node has a copy of it: the first check that asks a silo brings the lease, and later
    /// ones the copies.
    /// </summary>
    public static async Task TakeCopies(HttpClient http, IReadOnlyCollection<string> cookies)
    {
        for (int round = 0; round < 2; round++)
        {
            await Parallel.ForEachAsync(
                cookies,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (cookie, _) => await Check(http, cookie)
            );
        }
    }

    /// <summary>Checks a session, which must be live.</summary>
    public static async Task Check(HttpClient http, string cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/test");
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
