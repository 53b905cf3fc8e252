using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <summary>From where an account was used, IP addresses and browsers, is kept for a set time, and what happened longer (ASVS 14.2.4).</summary>
internal static class UserRetention
{
    // What is due within a day goes together: an account is not written for each.
    private static readonly TimeSpan s_together = TimeSpan.FromDays(1);

    /// <summary>When the user has something to forget; null when there is nothing.</summary>
    public static DateTimeOffset? ForgetsAt(this UserState user, TimeSpan retention) =>
        user
            .Activity.Where(HasTrace)
            .Select(happened => happened.At)
            .Concat(user.Ended.Select(ended => ended.EndedAt))
            .Concat(user.Sessions.Where(listed => listed.Ip is not null).Select(At))
            .Select(at => (DateTimeOffset?)(at + retention + s_together))
            .Min();

    /// <summary>The user without what has been kept for long enough.</summary>
    public static UserState Forgetting(this UserState user, DateTimeOffset before) =>
        user with
        {
            Activity =
            [
                .. user.Activity.Select(happened =>
                    happened.At < before && HasTrace(happened) ? WithoutTrace(happened) : happened
                ),
            ],
            Ended = [.. user.Ended.Where(ended => ended.EndedAt >= before)],
            Sessions =
            [
                .. user.Sessions.Select(listed =>
                    At(listed) < before ? listed with { Ip = null } : listed
                ),
            ],
        };

    private static DateTimeOffset At(ListedSession listed) => listed.ListedAt;

    private static bool HasTrace(AccountEvent happened) =>
        happened.Device is not null || HasAddressBefore(happened);

    private static AccountEvent WithoutTrace(AccountEvent happened) =>
        happened with
        {
            Device = null,
            Detail = HasAddressBefore(happened) ? null : happened.Detail,
        };

    private static bool HasAddressBefore(AccountEvent happened) =>
        happened is { Kind: AccountEventKind.RefreshedElsewhere, Detail: not null };
}
