using Microsoft.Extensions.Primitives;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Reads raw cookies from the request. The framework's parser decodes percent-encoded names and accepts duplicate
/// names; both have allowed cookie injection (CVE-2020-1045).
/// </summary>
internal static class CookieHeader
{
    private const int LongestCookie = 4096;

    /// <summary>Finds the value of a cookie; empty if it is missing, duplicated, or over 4 KiB.</summary>
    /// <param name="headers">The Cookie headers.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="twice">Whether the cookie is duplicated.</param>
    public static ReadOnlySpan<char> Find(StringValues headers, string name, out bool twice)
    {
        ReadOnlySpan<char> found = default;
        twice = false;
        bool seen = false;
        foreach (string? header in headers)
        {
            ReadOnlySpan<char> line = header;
            foreach (Range range in line.Split(';'))
            {
                ReadOnlySpan<char> cookie = line[range].Trim(" \t");
                bool named =
                    cookie.Length > name.Length
                    && cookie[name.Length] == '='
                    && cookie.StartsWith(name, StringComparison.Ordinal);
                if (!named)
                    continue;
                if (seen)
                {
                    twice = true;
                    return default;
                }

                seen = true;
                found = cookie.Length <= LongestCookie ? cookie[(name.Length + 1)..] : default;
            }
        }

        return found;
    }
}
