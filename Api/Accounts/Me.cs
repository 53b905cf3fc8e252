using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary><c>GET /me</c></summary>
internal static class MeEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me", Get)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Get the current user")
            .WithDescription("Returns the user and the current session.");

    private static async Task<Results<Ok<Me>, ApiProblem>> Get(
        CurrentSession current,
        IGrainFactory grains,
        ApplicationNames names
    ) =>
        await Me.Read(current, grains, names) is { } me
            ? TypedResults.Ok(me)
            : ApiProblems.NotSignedIn;
}

/// <summary>The user and the current session.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="Email">The email address.</param>
/// <param name="EmailVerified">Whether the email address is verified.</param>
/// <param name="NewEmail">The new email address of a pending change; null if there is none.</param>
/// <param name="HasPassword">Whether the account has a password.</param>
/// <param name="Totp">Whether sign-in requires the authenticator app.</param>
/// <param name="Factors">The factors other than the password that the user can authenticate with.</param>
/// <param name="RecoveryCodesLeft">The number of unused recovery codes.</param>
/// <param name="Passkeys">The number of passkeys.</param>
/// <param name="Session">The current session.</param>
/// <param name="Next"><c>second-factor-setup</c> if a second factor has to be set up first; otherwise omitted.</param>
internal sealed record Me(
    string UserId,
    string Email,
    bool EmailVerified,
    string? NewEmail,
    bool HasPassword,
    bool Totp,
    IReadOnlyList<AuthenticationMethod> Factors,
    int RecoveryCodesLeft,
    int Passkeys,
    LiveSession Session,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next
)
{
    /// <summary>Reads the user and the session; null if one of them no longer exists.</summary>
    public static async Task<Me?> Read(
        CurrentSession current,
        IGrainFactory grains,
        ApplicationNames names
    )
    {
        UserProfile? user = await grains.User(current.User).Profile();
        SessionSnapshot? session = await grains.Session(current.Id).Describe();
        return user is not null && session is not null ? Of(user, session, current, names) : null;
    }

    private static Me Of(
        UserProfile user,
        SessionSnapshot session,
        CurrentSession current,
        ApplicationNames names
    ) =>
        new(
            current.User.Value,
            user.Email,
            user.EmailVerified,
            user.NewEmail,
            user.HasPassword,
            user.Factors.Contains(AuthenticationMethod.Totp),
            user.Factors,
            user.RecoveryCodesLeft,
            user.Passkeys,
            LiveSession.Of(session, current, names),
            session.Proof.Restricted ? Account.SecondFactorSetup : null
        );
}
