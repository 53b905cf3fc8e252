namespace SessionAuth.Domain.Registry;

/// <summary>The members of an entry, as they are named in JSON.</summary>
public static class ApplicationMembers
{
    /// <summary>The list of all entries.</summary>
    public const string Applications = "applications";

    /// <summary><see cref="Domain.Applications.Application.Id"/>.</summary>
    public const string Id = "id";

    /// <summary><see cref="Domain.Applications.Application.Name"/>.</summary>
    public const string Name = "name";

    /// <summary><see cref="Domain.Applications.Application.Kind"/>.</summary>
    public const string Kind = "kind";

    /// <summary><see cref="Domain.Applications.Application.Origins"/>.</summary>
    public const string Origins = "origins";

    /// <summary><see cref="Domain.Applications.Application.RedirectUris"/>.</summary>
    public const string RedirectUris = "redirectUris";

    /// <summary><see cref="Domain.Applications.Application.PostLogoutRedirectUris"/>.</summary>
    public const string PostLogoutRedirectUris = "postLogoutRedirectUris";

    /// <summary><see cref="Domain.Applications.Application.SecretHashes"/>.</summary>
    public const string SecretHashes = "secretHashes";

    /// <summary><see cref="Domain.Applications.Application.Scopes"/>.</summary>
    public const string Scopes = "scopes";

    /// <summary><see cref="Domain.Applications.Application.Audience"/>.</summary>
    public const string Audience = "audience";

    /// <summary><see cref="Domain.Applications.Application.RequiresSecondFactor"/>.</summary>
    public const string RequiresSecondFactor = "requiresSecondFactor";

    /// <summary><see cref="Domain.Applications.Application.MaxAuthenticationAge"/>.</summary>
    public const string MaxAuthenticationAge = "maxAuthenticationAge";

    /// <summary><see cref="Domain.Applications.Application.IdentityTokenAlgorithm"/>.</summary>
    public const string IdentityTokenAlgorithm = "idTokenAlg";

    /// <summary><see cref="Domain.Applications.Application.PkceIsOptional"/>.</summary>
    public const string Pkce = "pkce";

    /// <summary><see cref="Domain.Applications.Application.SignOut"/>.</summary>
    public const string SignOut = "signOut";

    /// <summary><see cref="Domain.Applications.Application.RemoteUser"/>.</summary>
    public const string RemoteUser = "remoteUser";

    /// <summary><see cref="Domain.Applications.Application.PassesPreflights"/>.</summary>
    public const string PassesPreflights = "passesPreflights";
}
