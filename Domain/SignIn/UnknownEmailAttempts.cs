namespace SessionAuth.Domain.SignIn;

/// <summary>
/// The throttle for one hash bucket of the emails without an account. They are throttled like emails with an account,
/// to prevent user enumeration. Immutable.
/// </summary>
/// <remarks>
/// When too many emails are attempted, those with the fewest failures are evicted first. To make a throttled email look
/// unattempted, an attacker would have to attempt as many others in the same bucket, each as often, and cannot choose
/// the bucket.
/// </remarks>
public sealed record UnknownEmailAttempts
{
    private const int MaxEmails = 32;

    private readonly AttemptBackoffRules _rules;

    private UnknownEmailAttempts(AttemptRules rules) =>
        _rules = rules.InARow(AttemptBudget.Of(SecretKind.Password).Strangers);

    private AttemptBackoffs Emails { get; init; } = new(MaxEmails);

    /// <summary>Creates the throttle from its stored state.</summary>
    public static UnknownEmailAttempts Restored(
        AttemptRules rules,
        UnknownEmailAttemptsState stored,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(stored);
        UnknownEmailAttempts none = new(rules);
        return none with
        {
            Emails = none.Emails.With(
                [
                    .. stored.Emails.Select(email =>
                        KeyValuePair.Create(
                            email.Of,
                            AttemptBackoff.Restored(none._rules, email.Failures, email.LastAt)
                        )
                    ),
                ],
                now
            ),
        };
    }

    /// <summary>Begins an attempt.</summary>
    /// <returns>The time to wait, or null if the attempt may proceed; and the next state.</returns>
    public (TimeSpan? Wait, UnknownEmailAttempts Next) Begin(string email, DateTimeOffset now)
    {
        (TimeSpan? wait, AttemptBackoff next) = Of(email).Begin(now);
        return (wait, With(email, next, now));
    }

    /// <summary>Ends an attempt. The email may have been evicted meanwhile.</summary>
    public UnknownEmailAttempts Finish(string email, AttemptOutcome outcome, DateTimeOffset now) =>
        outcome switch
        {
            AttemptOutcome.Failed => With(email, Of(email).Fail(now), now),
            // An attempt can succeed when the email was registered while it was in progress.
            AttemptOutcome.Succeeded or AttemptOutcome.NotVerified => With(
                email,
                Of(email).Withdraw(),
                now
            ),
        };

    /// <summary>
    /// The state to store before an attempt at the email proceeds; null when the stored state already covers it. Some
    /// attempts are counted in advance, so that not every attempt needs a write.
    /// </summary>
    public UnknownEmailAttemptsState? ToStore(
        string email,
        UnknownEmailAttemptsState stored,
        DateTimeOffset now
    ) =>
        Of(email).Attempts > stored.FailuresOf(email)
            // Keep what is counted in advance for the other emails, so that one write does not cause others.
            ? Counting(
                known =>
                    Math.Max(
                        known.Value.Attempts + AttemptRules.CountedInAdvance,
                        stored.FailuresOf(known.Key)
                    ),
                now
            )
            : null;

    /// <summary>
    /// The final state to store, without attempts that were counted in advance and did not fail; null if there are
    /// none.
    /// </summary>
    public UnknownEmailAttemptsState? Correction(
        UnknownEmailAttemptsState stored,
        DateTimeOffset now
    ) =>
        Emails.Counted.Any(known => known.Value.Attempts < stored.FailuresOf(known.Key))
            ? Counting(known => known.Value.Attempts, now)
            : null;

    private AttemptBackoff Of(string email) => Emails.Of(email) ?? new(_rules);

    private UnknownEmailAttempts With(string email, AttemptBackoff next, DateTimeOffset now) =>
        this with
        {
            Emails = Emails.With([KeyValuePair.Create(email, next)], now),
        };

    private UnknownEmailAttemptsState Counting(
        Func<KeyValuePair<string, AttemptBackoff>, int> failures,
        DateTimeOffset now
    ) =>
        new()
        {
            Emails =
            [
                .. Emails.Counted.Select(known => new EmailAttemptsState(
                    known.Key,
                    failures(known),
                    known.Value.LastAt(now)
                )),
            ],
            ExpiresAt = now + AttemptBackoff.RememberedFor,
        };
}
