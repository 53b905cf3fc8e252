namespace SessionAuth.Domain.Accounts;

/// <remarks>What is done with an account beside its operations: how it is stored, and what is left to be finished.</remarks>
public sealed partial record Account
{
    // The call that has stored an ending carries it out itself; this is for when it does not get that far.
    private static readonly TimeSpan s_endingsAreDueAfter = TimeSpan.FromSeconds(20);

    // A session that cannot be ended each time, since its document is damaged, is not tried for ever at that pace.
    private const int MaxDoublings = 8;

    /// <summary>Whether something is left to be finished: sessions to end, traces to forget, emails to release.</summary>
    public bool HasToFinish() => Ending.Count + LeavingTraces.Count + Releasing.Count > 0;

    /// <summary>The account as it is stored: with what was noted meanwhile, without what was kept for long enough.</summary>
    /// <param name="noted">What happened without a change, earliest first.</param>
    /// <param name="context">The context.</param>
    public Account ToStore(IEnumerable<AccountEvent> noted, AccountContext context)
    {
        Account next = (
            this with
            {
                Activity = noted.Aggregate(Activity, (events, happened) => events.With(happened)),
            }
        ).Forgetting(context.Now - context.Rules.TraceRetention);
        return next with { DueAt = next.NextDue(context) };
    }

    /// <summary>The account when it was tried to finish what was left.</summary>
    /// <param name="isEnded">Whether each session of <see cref="Ending"/> has ended.</param>
    /// <param name="isForgotten">Whether each session of <see cref="LeavingTraces"/> has forgotten.</param>
    /// <param name="isReleased">Whether each email of <see cref="Releasing"/> is free.</param>
    public Account AfterFinishing(
        IReadOnlyList<bool> isEnded,
        IReadOnlyList<bool> isForgotten,
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
            LeavingTraces = [.. LeavingTraces.Where((_, i) => !isForgotten[i])],
            Releasing = [.. Releasing.Where((_, i) => !isReleased[i])],
        };

    private DateTimeOffset? NextDue(AccountContext context)
    {
        IEnumerable<DateTimeOffset?> due = Outbox
            .Select(mail => (DateTimeOffset?)mail.NextTryAt)
            .Append(ForgetsAt(context.Rules))
            .Concat(
                Ending.Select(ending =>
                    (DateTimeOffset?)(
                        context.Now
                        + s_endingsAreDueAfter * (1 << Math.Min(ending.Tries, MaxDoublings))
                    )
                )
            );
        if (LeavingTraces.Count + Releasing.Count > 0)
            due = due.Append(context.Now + s_endingsAreDueAfter);
        return due.Min();
    }
}
