using SessionAuth.Ui.Pages;

namespace SessionAuth.Ui.Security;

/// <summary>
/// The security headers of the pages: only their own files run, and they cannot be framed (ASVS 3.4.3–8).
/// </summary>
public static class UiHeaders
{
    /// <summary>The kind of the current response; null for one that is not of the pages.</summary>
    public static UiAnswer? UiAnswer(this HttpContext context) =>
        context.Features.Get<Mark>()?.Answer;

    /// <summary>
    /// The policy of the page for an unknown host: it loads nothing, since nothing is served for that host.
    /// </summary>
    public static HeaderPolicyCollection UnknownHost { get; } =
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddStyleSrc().WithHash256(UnknownHostPage.StyleHash);
                // Its icon is an empty data: URL, so that no browser asks for /favicon.ico.
                csp.AddImgSrc().Data();
                csp.AddFormAction().None();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
            });

    /// <summary>The policy of the pages.</summary>
    /// <param name="apiOrigin">The API's origin; empty when it is that of the pages.</param>
    public static HeaderPolicyCollection Policy(string apiOrigin) =>
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddCustomHeader("Permissions-Policy", PermissionsPolicy.Value)
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddScriptSrc().Self();
                csp.AddStyleSrc().Self();
                // Pico's style sheet has its icons as data: URLs.
                csp.AddImgSrc().Self().Data();
                if (apiOrigin.Length > 0)
                    csp.AddConnectSrc().Self().From(apiOrigin);
                else
                    csp.AddConnectSrc().Self();
                csp.AddFormAction().Self();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
            });

    internal static void MarkAs(this HttpContext context, UiAnswer answer) =>
        context.Features.Set(new Mark(answer));

    private sealed record Mark(UiAnswer Answer);
}
