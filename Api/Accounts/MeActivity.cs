using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Accounts;

/// <summary><c>GET /me/activity</c></summary>
internal static class MeActivityEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/activity", Activity)
            .RequireAuthorization()
            .WithSummary("List account activity")
            .WithDescription("Returns the last 50 events of the account, latest first.");

    private static async Task<Ok<ActivityList>> Activity(
        CurrentSession current,
        IGrainFactory grains
    )
    {
        IReadOnlyList<AccountEvent> events = await grains.UserData(current.User).Activity();
        return TypedResults.Ok(new ActivityList([.. events.Select(ActivityEntry.Of)]));
    }
}

/// <summary>The activity log of the account.</summary>
/// <param name="Events">The events, at most 50, latest first.</param>
internal sealed record ActivityList(IReadOnlyList<ActivityEntry> Events);

/// <summary>An event of the account.</summary>
/// <param name="At">When it happened; for repeated events, when the last one happened.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Count">How often it happened in a row.</param>
/// <param name="Browser">The browser; null if not known.</param>
/// <param name="System">The operating system; null if not known.</param>
/// <param name="Ip">The client's IP address; null if not known.</param>
/// <param name="Reason">Why the session ended; null for other kinds.</param>
/// <param name="Detail">
/// The name of the changed item, the new email address or the previous IP address, depending on the kind.
/// </param>
/// <param name="Method">The second factor that was added or removed; null for other kinds.</param>
internal sealed record ActivityEntry(
    DateTimeOffset At,
    AccountEventKind Kind,
    int Count,
    string? Browser,
    string? System,
    string? Ip,
    SessionEndReason? Reason,
    string? Detail,
    AuthenticationMethod? Method
)
{
    public static ActivityEntry Of(AccountEvent happened) =>
        new(
            happened.At,
            happened.Kind,
            happened.Count,
            happened.Device?.Browser,
            happened.Device?.System,
            happened.Device?.Ip,
            happened.Reason,
            happened.Detail,
            happened.Method
        );
}
