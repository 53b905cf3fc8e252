using System.Collections.Immutable;

namespace SessionAuth.Domain.SignIn;

/// <summary>
/// The throttle for one kind of an account's secrets. It counts attempts from unknown devices together, and attempts
/// from each known device separately. Immutable.
/// </summary>
public sealed record AccountAttempts
{
    private readonly AttemptRules _rules;
    private readonly AttemptBudget _budget;

    /// <summary>Creates the throttle from its stored state.</summary>
    /// <param name="rules">The delays.</param>
    /// <param name="budget">The limits of consecutive failures.</param>
    /// <param name="stored">The stored state.</param>
    public AccountAttempts(AttemptRules rules, AttemptBudget budget, AccountAttemptsState stored)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(stored);
        (_rules, _budget) = (rules, budget);
        (IsForgiven, IsOwnerNotified) = (stored.Forgiven, stored.OwnerNotified);
        Strangers = AttemptBackoff.Restored(
            rules.InARow(stored.Forgiven ? budget.AfterReset : budget.Strangers),
            stored.Strangers.Failures,
            stored.Strangers.LastAt
        );
        Devices = stored.Devices.ToImmutableSortedDictionary(
            device => device.Id,
            device => AttemptBackoff.Restored(RulesOfDevices, device.Failures, device.LastAt),
            StringComparer.Ordinal
        );
    }

    /// <summary>Whether the account's owner has to be notified of the failures.</summary>
    public bool MustNotifyOwner =>
        !IsOwnerNotified
        && _budget.OwnersNotice > 0
        && Strangers.Failures + Devices.Values.Sum(device => device.Failures)
            >= _budget.OwnersNotice;

    private AttemptBackoff Strangers { get; init; }

    private ImmutableSortedDictionary<string, AttemptBackoff> Devices { get; init; }

    private bool IsForgiven { get; init; }

    private bool IsOwnerNotified { get; init; }

    // A known device is not delayed: it is limited by its share of the budget.
    private AttemptBackoffRules RulesOfDevices =>
        _rules.InARow(_budget.Devices) with
        {
            Free = _budget.Devices,
            Limit = int.MaxValue,
        };

    /// <summary>Begins an attempt.</summary>
    /// <returns>The time to wait, or null if the attempt may proceed; and the next state.</returns>
    public (TimeSpan? Wait, AccountAttempts Next) Begin(KnownDevice? device, DateTimeOffset now)
    {
        AccountAttempts current = Forget(now);
        if (device is not null && current.HasUsedUpItsShare(device))
            return (_rules.LongestDelay, current);

        (TimeSpan? wait, AttemptBackoff next) = current.Of(device).Begin(now);
        return (wait, current.With(device, next));
    }

    /// <summary>Ends an attempt whose secret was not verified: it does not count.</summary>
    public AccountAttempts Withdraw(KnownDevice? device) => With(device, Of(device).Withdraw());

    /// <summary>Ends an attempt with a wrong secret.</summary>
    public AccountAttempts Fail(KnownDevice? device, DateTimeOffset now) =>
        With(device, Of(device).Fail(now));

    /// <summary>Ends an attempt with the right secret, which clears all failures.</summary>
    public AccountAttempts Succeed(KnownDevice? device) => Withdraw(device).Clear();

    /// <summary>Clears all failures.</summary>
    public AccountAttempts Clear() =>
        this with
        {
            Strangers = Strangers.Clear().LimitedTo(_budget.Strangers),
            Devices = Devices.ToImmutableSortedDictionary(
                device => device.Key,
                device => device.Value.Clear(),
                StringComparer.Ordinal
            ),
            IsForgiven = false,
            IsOwnerNotified = false,
        };

    /// <summary>Clears the failures from unknown devices, once; null if that was done before.</summary>
    public AccountAttempts? ForgiveOnce() =>
        IsForgiven
            ? null
            : this with
            {
                Strangers = Strangers.Clear().LimitedTo(_budget.AfterReset),
                IsForgiven = true,
            };

    /// <summary>Records that the owner was notified.</summary>
    public AccountAttempts WithOwnerNotified() => this with { IsOwnerNotified = true };

    /// <summary>
    /// The state to store before an attempt proceeds; null when the stored state already covers it. Some attempts from
    /// unknown devices are counted in advance, so that not every attempt needs a write and a crash loses none.
    /// </summary>
    public AccountAttemptsState? ToStore(AccountAttemptsState stored, DateTimeOffset now) =>
        IsIn(stored) ? null : ToStore(now, AttemptRules.CountedInAdvance);

    /// <summary>
    /// The exact state to store after failures were cleared. Attempts in progress count, since they may fail.
    /// </summary>
    public AccountAttemptsState Exact(DateTimeOffset now) => ToStore(now, inAdvance: 0);

    /// <summary>
    /// The final state to store, without attempts that were counted in advance and did not fail; null if there are
    /// none.
    /// </summary>
    public AccountAttemptsState? Correction(AccountAttemptsState stored, DateTimeOffset now)
    {
        AccountAttemptsState exact = Exact(now);
        return exact.Strangers.Failures < stored.Strangers.Failures ? exact : null;
    }

    private bool IsIn(AccountAttemptsState stored) =>
        Strangers.Attempts <= stored.Strangers.Failures
        && (IsForgiven, IsOwnerNotified) == (stored.Forgiven, stored.OwnerNotified)
        && Devices.All(device =>
            device.Value.Attempts
            <= (stored.Devices.FirstOrDefault(known => known.Id == device.Key)?.Failures ?? 0)
        );

    private AccountAttemptsState ToStore(DateTimeOffset now, int inAdvance)
    {
        AccountAttempts current = Forget(now);
        int strangers = current.Strangers.Attempts;
        return new()
        {
            Strangers = new(
                strangers > 0 ? strangers + inAdvance : 0,
                current.Strangers.LastAt(now)
            ),
            Devices =
            [
                .. current.Devices.Select(device => new DeviceAttemptsState(
                    device.Key,
                    device.Value.Attempts,
                    device.Value.LastAt(now)
                )),
            ],
            Forgiven = IsForgiven,
            OwnerNotified = IsOwnerNotified,
            ExpiresAt = now + AttemptBackoff.RememberedFor,
        };
    }

    private bool HasUsedUpItsShare(KnownDevice device) =>
        Devices.Values.Sum(known => known.Attempts) >= _budget.Devices
        || Of(device).Attempts >= _budget.ShareOfDevices(device.Of, _rules.FreeFailures);

    private AttemptBackoff Of(KnownDevice? device) =>
        device is null
            ? Strangers
            : Devices.GetValueOrDefault(device.Mark.Id) ?? new(RulesOfDevices);

    private AccountAttempts With(KnownDevice? device, AttemptBackoff next) =>
        device is null
            ? this with
            {
                Strangers = next,
            }
            : this with
            {
                Devices = Devices.SetItem(device.Mark.Id, next),
            };

    private AccountAttempts Forget(DateTimeOffset now) =>
        this with
        {
            Strangers = Strangers.Forget(now),
            Devices = Devices
                .Select(device => KeyValuePair.Create(device.Key, device.Value.Forget(now)))
                .Where(device => device.Value.Attempts > 0)
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
}
