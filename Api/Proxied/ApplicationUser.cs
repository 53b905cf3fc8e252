using System.Text.Json.Serialization;
using SessionAuth.Api.Sessions;
using SessionAuth.Checks;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// <c>GET /.sessionauth/user</c> and <c>/.sessionauth/events</c> at an application's host, for the application's scripts.
/// </summary>
internal sealed class ApplicationUser(
    Credentials credentials,
    SessionChecks checks,
    Profiles profiles,
    EventStream events,
    IGrainFactory grains
)
{
    /// <summary>Says who has signed in.</summary>
    public async Task Tell(HttpContext context, ProxiedHost host)
    {
        if (await Check(context, host) is not var (grant, standing))
        {
            await ProxiedProblems
                .NotSignedIn(ProxiedPaths.SignInAt(host.Origin, "/"))
                .ExecuteAsync(context);
            return;
        }

        ToldProfile profile = await profiles.Of(standing.User);
        await TypedResults
            .Ok(
                new ToldUser(
                    standing.User.Value,
                    grant.Session.Value,
                    profile.Email.Length > 0 ? profile.Email : null,
                    standing.AuthenticatedAt,
                    AuthenticationClaims.Acr(standing.AuthenticationMethods),
                    AuthenticationClaims.Amr(standing.AuthenticationMethods),
                    Roles: []
                )
            )
            .ExecuteAsync(context);
    }

    /// <summary>Streams the end of the session, or of the application's access to it.</summary>
    public async Task Stream(HttpContext context, ProxiedHost host)
    {
        if (await Check(context, host) is not var (grant, _))
        {
            await ProxiedProblems
                .NotSignedIn(ProxiedPaths.SignInAt(host.Origin, "/"))
                .ExecuteAsync(context);
            return;
        }

        await events.Serve(grant.Session, context, () => IsOpen(grant));
    }

    private async ValueTask<(CheckedGrant, GrantStanding)?> Check(
        HttpContext context,
        ProxiedHost host
    ) =>
        await credentials.Find(context.Request, host.Application, host.Origin) is { } credential
        && await checks.CheckGrant(credential.Grant) is { } standing
            ? (credential.Grant, standing)
            : null;

    // Does not count as use: an open page is not a person.
    private async ValueTask<bool> IsOpen(CheckedGrant grant) =>
        await grains.Session(grant.Session).Describe() is { } session
        && session.Applications.Any(opened => opened.Application == grant.Application);
}

/// <summary>Who has signed in at an application.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="SessionId">The session id.</param>
/// <param name="Email">The email; null until it is verified.</param>
/// <param name="AuthenticatedAt">When the user has authenticated (<c>auth_time</c>); null if that does not count.</param>
/// <param name="Acr">The authentication context class.</param>
/// <param name="Amr">The authentication methods, in the terms of RFC 8176.</param>
/// <param name="Roles">The roles: none yet.</param>
internal sealed record ToldUser(
    string UserId,
    string SessionId,
    string? Email,
    DateTimeOffset? AuthenticatedAt,
    string? Acr,
    IReadOnlyList<string> Amr,
    IReadOnlyList<string> Roles
);

/// <summary>Source-generated serialization of the response types.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ToldUser))]
internal sealed partial class ProxiedJson : JsonSerializerContext;
