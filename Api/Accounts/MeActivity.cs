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
            .WithSummary("What happened to the account: the last 50 events, latest first.");

    private static async Task<Ok<ActivityList>> Activity(
        CurrentSession current,
        IGrainFactory grains
    )
    {
        IReadOnlyList<AccountEvent> events = await grains.UserData(current.User).Activity();
        return TypedResults.Ok(new ActivityList([.. events.Select(ActivityEntry.Of)]));
    }
}

/// <summary>What happened to the account.</summary>
/// <param name="Events">At most 50, latest first.</param>
internal sealed record ActivityList(IReadOnlyList<ActivityEntry> Events);

/// <summary>Something that happened to the account.</summary>
/// <param name="At">When; of several in a row, when the last of them did.</param>
/// <param name="Kind">What.</param>
/// <param name="Count">How many times in a row.</param>
/// <param name="Browser">The browser, as far as it is known.</param>
/// <param name="System">The operating system, as far as it is known.</param>
/// <param name="Ip">The client's address, as far as it is known.</param>
/// <param name="Reason">Why a session ended.</param>
/// <param name="Detail">The name of what was added or removed.</param>
internal sealed record ActivityEntry(
    DateTimeOffset At,
    AccountEventKind Kind,
    int Count,
    string? Browser,
    string? System,
    string? Ip,
    SessionEndReason? Reason,
    string? Detail
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
            happened.Detail
        );
}
