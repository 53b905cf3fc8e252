namespace SessionAuth.Ui.Pages;

/// <summary>Where password managers look for the pages that they send people to.</summary>
internal sealed class WellKnown(Func<string?> origin)
{
    /// <summary>W3C, A Well-Known URL for Changing Passwords.</summary>
    public const string ChangePasswordPath = "/.well-known/change-password";

    /// <summary>W3C, A Well-Known URL for Relying Party Passkey Endpoints.</summary>
    public const string PasskeyEndpointsPath = "/.well-known/passkey-endpoints";

    private const string PasswordPage = "/account/address";
    private const string PasskeyPage = "/account/sign-in";

    /// <summary>Leads to the page where a password is changed; who is signed out signs in first.</summary>
    public static Task ChangePassword(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = PasswordPage;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }

    /// <summary>Says where passkeys are added and looked after, which has to be said with the origin.</summary>
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
