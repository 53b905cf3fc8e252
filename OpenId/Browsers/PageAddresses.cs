using Microsoft.AspNetCore.Http.Extensions;

namespace SessionAuth.OpenId.Browsers;

/// <summary>
/// The sign-in pages that a person is sent to, with the sealed request to come back with. The pages build the way back
/// themselves, from a fixed path and this value, so that nobody can send a person elsewhere.
/// </summary>
internal sealed class PageAddresses(IPublicOrigins origins)
{
    private const string Return = "return";

    /// <summary>To sign in.</summary>
    /// <param name="sealedRequest">The request to come back with.</param>
    /// <param name="email">The email to fill in; null for none.</param>
    public string SignIn(string sealedRequest, string? email)
    {
        QueryBuilder query = new() { { Return, sealedRequest } };
        if (!string.IsNullOrEmpty(email))
            query.Add("email", email);
        return $"{origins.Pages}/login{query}";
    }

    /// <summary>To confirm the identity once more (step-up).</summary>
    /// <param name="sealedRequest">The request to come back with.</param>
    public string StepUp(string sealedRequest) => Page("/confirm", sealedRequest);

    /// <summary>To add a second factor.</summary>
    /// <param name="sealedRequest">The request to come back with.</param>
    public string AddSecondFactor(string sealedRequest) => Page("/account/sign-in", sealedRequest);

    /// <summary>Where a person is after a sign-out that leads to no application.</summary>
    public string SignedOut => origins.Pages + "/login";

    /// <summary>To say whether to sign out.</summary>
    /// <param name="sealedRequest">The request to come back with.</param>
    public string SignOut(string sealedRequest) => Page("/sign-out", sealedRequest);

    private string Page(string path, string sealedRequest) =>
        $"{origins.Pages}{path}{new QueryBuilder { { Return, sealedRequest } }}";
}
