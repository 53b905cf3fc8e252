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
            .WithSummary("The user and this session.");

    private static async Task<Results<Ok<Me>, ApiProblem>> Get(
        CurrentSession current,
        IGrainFactory grains
    ) => await Me.Read(current, grains) is { } me ? TypedResults.Ok(me) : ApiProblems.NotSignedIn;
}

/// <summary>The user and this session.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The user's address.</param>
/// <param name="EmailVerified">Whether its owner has proved it.</param>
/// <param name="NewEmail">The address that it is to become, while that waits to be confirmed.</param>
/// <param name="HasPassword">Whether there is a password.</param>
/// <param name="Totp">Whether an authenticator app is asked at the sign-in.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are unused.</param>
/// <param name="Passkeys">How many passkeys there are.</param>
/// <param name="Session">This session.</param>
/// <param name="Next">What has to be done before anything else: second-factor-setup.</param>
internal sealed record Me(
    string UserId,
    string Email,
    bool EmailVerified,
    string? NewEmail,
    bool HasPassword,
    bool Totp,
    int RecoveryCodesLeft,
    int Passkeys,
    LiveSession Session,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next
)
{
    /// <summary>Reads it; null when the user or the session has gone meanwhile.</summary>
    public static async Task<Me?> Read(CurrentSession current, IGrainFactory grains)
    {
        UserProfile? user = await grains.User(current.User).Profile();
        SessionSnapshot? session = await grains.Session(current.Id).Describe();
        return user is not null && session is not null ? Of(user, session, current) : null;
    }

    private static Me Of(UserProfile user, SessionSnapshot session, CurrentSession current) =>
        new(
            current.User.Value,
            user.Email,
            user.EmailVerified,
            user.NewEmail,
            user.HasPassword,
            user.HasTotp,
            user.RecoveryCodesLeft,
            user.Passkeys,
            LiveSession.Of(session, current),
            session.Proof.Restricted ? Account.SecondFactorSetup : null
        );
}
