namespace SessionAuth.Api.Http.Security;

/// <summary>Marks the endpoints of the API among those of the pages and of the framework.</summary>
internal sealed class ApiCall
{
    /// <summary>The mark.</summary>
    public static readonly ApiCall Mark = new();
}
