using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Users;

/// <summary>
/// From where an account was used, IP addresses and browsers, is kept for a set time, and what happened longer (ASVS
/// 14.2.4). So are other e-mail addresses than the account's.
/// </summary>
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
            .Concat(user.Links.Select(link => link.ExpiresAt))
            .Concat(user.Sessions.SelectMany(UsedAt))
            .Concat(user.Devices.Where(HasTrace).Select(device => device.SeenAt))
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
            Links = [.. user.Links.Where(link => link.ExpiresAt >= before)],
            NewEmail =
                user.NewEmail is { } asked
                && user.Links.Any(link => link.Address == asked && link.ExpiresAt >= before)
                    ? asked
                    : null,
            Sessions =
            [
                .. user.Sessions.Select(listed =>
                    listed.UsedAt is { } usedAt && usedAt >= before
                        ? listed
                        : listed with
                        {
                            Ip = null,
                        }
                ),
            ],
            Devices =
            [
                .. user.Devices.Select(device =>
                    device.SeenAt < before ? device with { Browser = null, System = null } : device
                ),
            ],
        };

    /// <summary>The user when those sessions were asked to forget that were not used since.</summary>
    /// <param name="user">The user.</param>
    /// <param name="usedAt">When each was used, or null where it has forgotten. One that is not in it is asked again in a day.</param>
    /// <param name="before">The time.</param>
    public static UserState AfterForgetting(
        this UserState user,
        IReadOnlyDictionary<string, DateTimeOffset?> usedAt,
        DateTimeOffset before
    ) =>
        user with
        {
            Sessions =
            [
                .. user.Sessions.Select(listed =>
                    usedAt.TryGetValue(listed.Id, out DateTimeOffset? at)
                        ? listed with
                        {
                            UsedAt = at,
                        }
                    : listed.UsedAt < before ? listed with { UsedAt = before }
                    : listed
                ),
            ],
        };

    private static IEnumerable<DateTimeOffset> UsedAt(ListedSession listed) =>
        listed.UsedAt is { } usedAt ? [usedAt] : [];

    private static bool HasTrace(RememberedDevice device) =>
        device.Browser is not null || device.System is not null;

    private static bool HasTrace(AccountEvent happened) =>
        happened.Device is not null || HasAddress(happened);

    private static AccountEvent WithoutTrace(AccountEvent happened) =>
        happened with
        {
            Device = null,
            Detail = HasAddress(happened) ? null : happened.Detail,
        };

    // An IP address, or another e-mail address than the account's.
    private static bool HasAddress(AccountEvent happened) =>
        happened
            is {
                Kind: AccountEventKind.RefreshedElsewhere
                    or AccountEventKind.AddressChangeRequested
                    or AccountEventKind.AddressChanged,
                Detail: not null
            };
}
