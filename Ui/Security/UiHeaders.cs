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
    /// The policy of pages at hosts for which no file is served: they load nothing.
    /// </summary>
    public static HeaderPolicyCollection Standalone { get; } = LoadsNothing(isFramed: false);

    /// <summary>The same for a page that an application at its host shows in a frame.</summary>
    public static HeaderPolicyCollection Framed { get; } = LoadsNothing(isFramed: true);

    private static HeaderPolicyCollection LoadsNothing(bool isFramed) =>
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddStyleSrc().WithHash256(StandalonePage.StyleHash);
                // Its icon is an empty data: URL, so that no browser asks for /favicon.ico.
                csp.AddImgSrc().Data();
                csp.AddFormAction().None();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                if (isFramed)
                    csp.AddFrameAncestors().Self();
                else
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
