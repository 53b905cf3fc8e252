using SessionAuth.Ui.Pages;

namespace SessionAuth.Ui.Security;

/// <summary>The headers of the pages: nothing runs but our own files, nobody frames them (ASVS 3.4.3–8).</summary>
public static class UiHeaders
{
    private static readonly object s_mark = new();

    /// <summary>What the answer under way shows of the pages; null for one that is none of theirs.</summary>
    public static UiAnswer? UiAnswer(this HttpContext context) =>
        context.Items[s_mark] as UiAnswer?;

    /// <summary>The policy of the page for those at a wrong address: it loads nothing, since nothing is to be had there.</summary>
    public static HeaderPolicyCollection Elsewhere { get; } =
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddStyleSrc().WithHash256(ElsewherePage.StyleHash);
                csp.AddFormAction().None();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
            });

    /// <summary>The policy of the pages.</summary>
    /// <param name="apiOrigin">The API's origin; empty when it is the pages' own.</param>
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
                // Pico draws its ticks and arrows as images in the style sheet.
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
        context.Items[s_mark] = answer;
}
