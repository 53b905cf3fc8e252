namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// From where an account was used, IP addresses and browsers, is kept for a set time, and what happened longer (ASVS
/// 14.2.4). So are other emails than the account's.
/// </remarks>
public sealed partial record Account
{
    // What is due within a day goes together: an account is not written for each.
    private static readonly TimeSpan s_together = TimeSpan.FromDays(1);

    /// <summary>When the account has something to forget; null when there is nothing.</summary>
    public DateTimeOffset? ForgetsAt(AccountRules rules) =>
        Activity
            .Where(HasTrace)
            .Select(happened => happened.At)
            .Concat(Ended.Select(ended => ended.EndedAt))
            .Concat(Links.Select(link => link.ExpiresAt))
            .Concat(Sessions.Select(listed => listed.UsedAt).OfType<DateTimeOffset>())
            .Concat(Devices.Where(HasTrace).Select(device => device.SeenAt))
            .Select(at => (DateTimeOffset?)(at + rules.TraceRetention + s_together))
            .Min();

    /// <summary>The account when those sessions were asked to forget that were not used since.</summary>
    /// <param name="usedAt">When each was used, or null where it has forgotten. One that is not in it is asked again in a day.</param>
    /// <param name="before">What was before this time is forgotten.</param>
    public Account AfterForgetting(
        IReadOnlyDictionary<string, DateTimeOffset?> usedAt,
        DateTimeOffset before
    ) =>
        this with
        {
            Sessions =
            [
                .. Sessions.Select(listed =>
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

    private Account Forgetting(DateTimeOffset before) =>
        this with
        {
            Activity =
            [
                .. Activity.Select(happened =>
                    happened.At < before && HasTrace(happened) ? WithoutTrace(happened) : happened
                ),
            ],
            Ended = [.. Ended.Where(ended => ended.EndedAt >= before)],
            Links = [.. Links.Where(link => link.ExpiresAt >= before)],
            NewEmail =
                NewEmail is { } asked
                && Links.Any(link => link.Address == asked && link.ExpiresAt >= before)
                    ? asked
                    : null,
            Sessions =
            [
                .. Sessions.Select(listed =>
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
                .. Devices.Select(device =>
                    device.SeenAt < before ? device with { Browser = null, System = null } : device
                ),
            ],
        };

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

    // An IP address, or another email than the account's.
    private static bool HasAddress(AccountEvent happened) =>
        happened
            is {
                Kind: AccountEventKind.RefreshedElsewhere
                    or AccountEventKind.AddressChangeRequested
                    or AccountEventKind.AddressChanged,
                Detail: not null
            };
}
