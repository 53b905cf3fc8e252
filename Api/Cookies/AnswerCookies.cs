namespace SessionAuth.Api.Cookies;

/// <summary>
/// The cookies that an answer sets, by name. An error clears what was set on the answer so far, but not what is set
/// when it starts; and of two that set one cookie, the handler that heals a session and the endpoint that ends it, the
/// later one wins.
/// </summary>
internal static class AnswerCookies
{
    private static readonly object s_key = new();

    /// <summary>Has the answer set a cookie, with whatever else it says.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="line">The whole of its Set-Cookie line.</param>
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
