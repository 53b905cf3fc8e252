namespace SessionAuth.OpenId.Browsers;

/// <summary>The origins that browsers know. Available once the server is listening.</summary>
public interface IPublicOrigins
{
    /// <summary>The origin of the API, which the issuer is.</summary>
    string Api { get; }

    /// <summary>The origin of the sign-in pages.</summary>
    string Pages { get; }
}
