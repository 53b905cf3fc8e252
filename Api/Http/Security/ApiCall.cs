namespace SessionAuth.Api.Http.Security;

/// <summary>Endpoint metadata that tells the API's calls from the pages and the framework's endpoints.</summary>
internal sealed class ApiCall
{
    /// <summary>The mark.</summary>
    public static readonly ApiCall Mark = new();
}
