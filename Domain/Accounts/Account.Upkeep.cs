namespace SessionAuth.Domain.Accounts;

/// <remarks>Storing an account, and finishing what its operations have left to do.</remarks>
public sealed partial record Account
{
    // The call that stores an ending normally carries it out itself. Scheduled work does it after a crash.
    private static readonly TimeSpan s_endingsAreDueAfter = TimeSpan.FromSeconds(20);

    // Back-off for a session that repeatedly cannot be ended, for example because its document is damaged.
    private const int MaxDoublings = 8;

    /// <summary>Whether work is left: sessions to end, device data to remove, emails to release.</summary>
    public bool HasToFinish() => Ending.Count + RemovingDeviceData.Count + Releasing.Count > 0;

    /// <summary>
    /// The account as it is to be stored: with noted events, and without data whose retention time is over.
    /// </summary>
    /// <param name="noted">Events that did not change the account, earliest first.</param>
    /// <param name="context">The time, settings and keys.</param>
    public Account ToStore(IEnumerable<AccountEvent> noted, AccountContext context)
    {
        Account next = (
            this with
            {
                Activity = noted.Aggregate(Activity, (events, happened) => events.With(happened)),
            }
        ).WithoutDataBefore(context.Now - context.Rules.DeviceDataRetention);
        return next with { DueAt = next.NextDue(context) };
    }

    /// <summary>Records the results of an attempt to finish the remaining work.</summary>
    /// <param name="isEnded">Whether each session of <see cref="Ending"/> has ended.</param>
    /// <param name="isRemoved">
    /// Whether each session of <see cref="RemovingDeviceData"/> has removed its device data.
    /// </param>
    /// <param name="isReleased">Whether each email of <see cref="Releasing"/> has been released.</param>
    public Account AfterFinishing(
        IReadOnlyList<bool> isEnded,
        IReadOnlyList<bool> isRemoved,
        IReadOnlyList<bool> isReleased
    ) =>
        this with
        {
            Ending =
            [
                .. Ending
                    .Where((_, i) => !isEnded[i])
                    .Select(ending => ending with { Tries = ending.Tries + 1 }),
            ],
            RemovingDeviceData = [.. RemovingDeviceData.Where((_, i) => !isRemoved[i])],
            Releasing = [.. Releasing.Where((_, i) => !isReleased[i])],
        };

    private DateTimeOffset? NextDue(AccountContext context)
    {
        IEnumerable<DateTimeOffset?> due = Outbox
            .Select(mail => (DateTimeOffset?)mail.NextTryAt)
            .Append(RetentionEndsAt(context.Rules))
            .Concat(
                Ending.Select(ending =>
                    (DateTimeOffset?)(
                        context.Now
                        + s_endingsAreDueAfter * (1 << Math.Min(ending.Tries, MaxDoublings))
                    )
                )
            );
        if (RemovingDeviceData.Count + Releasing.Count > 0)
            due = due.Append(context.Now + s_endingsAreDueAfter);
        return due.Min();
    }
}
