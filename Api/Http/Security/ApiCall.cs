namespace SessionAuth.Api.Http.Security;

/// <summary>Endpoint metadata that distinguishes API calls from pages and other endpoints.</summary>
internal sealed class ApiCall
{
    /// <summary>The metadata instance.</summary>
    public static readonly ApiCall Mark = new();
}
