namespace SessionAuth.Api.Tokens;

/// <summary>The claims of the tokens that are not the standard's own.</summary>
internal static class TokenClaims
{
    public const string User = "sub";
    public const string Session = "sid";
    public const string Generation = "gen";
    public const string Persistent = "per";
}
