namespace SessionAuth.OpenId.Hosting;

/// <summary>Endpoint metadata of the provider's endpoints.</summary>
/// <param name="IsNavigation">Whether people are sent to it: errors are shown as a page.</param>
public sealed record OpenIdEndpoint(bool IsNavigation);
