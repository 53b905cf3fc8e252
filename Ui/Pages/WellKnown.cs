namespace SessionAuth.Ui.Pages;

/// <summary>The well-known URLs by which password managers find pages to link to.</summary>
internal sealed class WellKnown(Func<string?> origin)
{
    /// <summary>W3C, A Well-Known URL for Changing Passwords.</summary>
    public const string ChangePasswordPath = "/.well-known/change-password";

    /// <summary>W3C, A Well-Known URL for Relying Party Passkey Endpoints.</summary>
    public const string PasskeyEndpointsPath = "/.well-known/passkey-endpoints";

    private const string PasswordPage = "/account/email";
    private const string PasskeyPage = "/account/sign-in";

    /// <summary>
    /// Redirects to the page for changing the password, which asks a signed-out user to sign in first.
    /// </summary>
    public static Task ChangePassword(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = PasswordPage;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lists the pages for adding and managing passkeys as absolute URLs; 404 while the origin is not known.
    /// </summary>
    public Task PasskeyEndpoints(HttpContext context)
    {
        if (origin() is not { } pages)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        string page = pages + PasskeyPage;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["enroll"] = page, ["manage"] = page },
            context.RequestAborted
        );
    }
}
