using OpenIddict.Server;
using SessionAuth.OpenId.Grants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>Adds the session token to the answer of the token endpoint, for applications with the scope <c>session</c>.</summary>
internal sealed class AddSessionToken(GrantValues values)
    : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    /// <summary>The scope of applications that check the session by themselves.</summary>
    public const string Scope = "session";

    private const string Parameter = "session_token";

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (
            string.IsNullOrEmpty(context.Error)
            && context.Transaction.Kept<GrantIssue>() is { } issue
            && issue.Scopes.Contains(Scope)
        )
            context.Response[Parameter] = values.SessionToken(issue.Grant);
        return ValueTask.CompletedTask;
    }
}
