namespace SessionAuth.Api.Cookies;

/// <summary>
/// Collects the cookies of a response and writes them when it starts. An exception handler clears the headers set so
/// far, but not those set on start. If a cookie is set twice, by the authentication handler that refreshes tokens and
/// by the endpoint that ends the session, the last value wins.
/// </summary>
internal static class ResponseCookies
{
    private static readonly object s_key = new();

    /// <summary>Sets a cookie on the response, even if it becomes an error response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="line">The complete Set-Cookie header value.</param>
    public static void SetCookie(this HttpResponse response, string name, string line)
    {
        IDictionary<object, object?> items = response.HttpContext.Items;
        if (items.TryGetValue(s_key, out object? kept))
        {
            ((Dictionary<string, string>)kept!)[name] = line;
            return;
        }

        Dictionary<string, string> lines = new(StringComparer.Ordinal) { [name] = line };
        items[s_key] = lines;
        response.OnStarting(() =>
        {
            response.Headers.SetCookie = lines.Values.ToArray();
            return Task.CompletedTask;
        });
    }
}
