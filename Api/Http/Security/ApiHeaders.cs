namespace SessionAuth.Api.Http.Security;

/// <summary>
/// The security headers of API responses: never rendered as a page, never cached (ASVS 3.4.3–6, 14.3.2).
/// </summary>
internal static class ApiHeaders
{
    public static HeaderPolicyCollection Policy { get; } =
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFormAction().None();
                csp.AddFrameAncestors().None();
            })
            .AddCustomHeader("Cross-Origin-Resource-Policy", "same-origin")
            .AddCustomHeader("Cache-Control", "no-store");
}
