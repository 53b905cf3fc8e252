namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// Data retention (ASVS 14.2.4): IP addresses, browsers and previous emails are kept for a set time. The events
/// themselves are kept longer.
/// </remarks>
public sealed partial record Account
{
    // What becomes due within a day is removed in one write.
    private static readonly TimeSpan s_together = TimeSpan.FromDays(1);

    /// <summary>When data of the account reaches its retention time; null if there is none.</summary>
    public DateTimeOffset? RetentionEndsAt(AccountRules rules) =>
        Activity
            .Where(HasDeviceData)
            .Select(happened => happened.At)
            .Concat(Ended.Select(ended => ended.EndedAt))
            .Concat(Links.Select(link => link.ExpiresAt))
            .Concat(Sessions.Select(listed => listed.UsedAt).OfType<DateTimeOffset>())
            .Concat(Devices.Where(HasDeviceData).Select(device => device.SeenAt))
            .Select(at => (DateTimeOffset?)(at + rules.DeviceDataRetention + s_together))
            .Min();

    /// <summary>Records the result of asking unused sessions to remove their device data.</summary>
    /// <param name="usedAt">
    /// When each session was last used, or null if it has removed its data. A session that is missing here is asked
    /// again in a day.
    /// </param>
    /// <param name="before">Data from before this time is removed.</param>
    public Account AfterRemovingDeviceData(
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

    private Account WithoutDataBefore(DateTimeOffset before) =>
        this with
        {
            Activity =
            [
                .. Activity.Select(happened =>
                    happened.At < before && HasDeviceData(happened)
                        ? WithoutDeviceData(happened)
                        : happened
                ),
            ],
            Ended = [.. Ended.Where(ended => ended.EndedAt >= before)],
            Links = [.. Links.Where(link => link.ExpiresAt >= before)],
            NewEmail =
                NewEmail is { } asked
                && Links.Any(link => link.Email == asked && link.ExpiresAt >= before)
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

    private static bool HasDeviceData(RememberedDevice device) =>
        device.Browser is not null || device.System is not null;

    private static bool HasDeviceData(AccountEvent happened) =>
        happened.Device is not null || HasIpAddress(happened);

    private static AccountEvent WithoutDeviceData(AccountEvent happened) =>
        happened with
        {
            Device = null,
            Detail = HasIpAddress(happened) ? null : happened.Detail,
        };

    // Whether the detail is an IP address, or an email other than the account's.
    private static bool HasIpAddress(AccountEvent happened) =>
        happened
            is {
                Kind: AccountEventKind.RefreshedElsewhere
                    or AccountEventKind.EmailChangeRequested
                    or AccountEventKind.EmailChanged,
                Detail: not null
            };
}
