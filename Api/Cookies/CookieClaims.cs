using System.Text.Json.Serialization;

namespace SessionAuth.Api.Cookies;

/// <summary>The claims that every token has (RFC 7519 §4.1).</summary>
/// <param name="Aud">The audience.</param>
/// <param name="Iss">The issuer.</param>
/// <param name="Iat">When the token was issued, in seconds since the Unix epoch.</param>
/// <param name="Exp">When the token expires, in seconds since the Unix epoch.</param>
internal abstract record CookieClaims(string Aud, string Iss, long Iat, long Exp)
{
    // The end of the year 9999, the maximum of DateTimeOffset.
    private const long LatestTime = 253_402_300_799;

    /// <summary>Whether both times are in the valid range.</summary>
    [JsonIgnore]
    public bool IsInTime => Iat is >= 0 and <= LatestTime && Exp is >= 0 and <= LatestTime;
}
