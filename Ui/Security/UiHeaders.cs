namespace SessionAuth.Ui.Security;

/// <summary>The headers of the pages: nothing runs but our own files, nobody frames them (ASVS 3.4.3–8).</summary>
public static class UiHeaders
{
    private static readonly object s_mark = new();

    /// <summary>Whether the answer under way is one of the pages', to which this policy belongs.</summary>
    public static bool IsUiAnswer(this HttpContext context) => context.Items.ContainsKey(s_mark);

    /// <summary>The policy.</summary>
    /// <param name="apiOrigin">The API's origin; empty when it is the pages' own.</param>
    public static HeaderPolicyCollection Policy(string apiOrigin) =>
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(policy =>
            {
                policy.AddDefaultSecureDirectives();
                policy.AddPublickeyCredentialsCreate().Self();
                policy.AddPublickeyCredentialsGet().Self();
            })
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

    internal static void MarkAsUi(this HttpContext context) => context.Items[s_mark] = s_mark;
}
