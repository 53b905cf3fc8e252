namespace SessionAuth.Domain.SignIn;

/// <summary>The attempts at one kind of an account's secrets: those of strangers, and those on each known device.</summary>
public sealed class AccountAttempts
{
    private readonly AttemptRules _rules;
    private readonly AttemptBudget _budget;
    private readonly AttemptBackoff _strangers;
    private readonly Dictionary<string, AttemptBackoff> _devices = new(StringComparer.Ordinal);
    private bool _forgiven;
    private bool _ownerTold;

    /// <summary>Continues from what is stored.</summary>
    /// <param name="rules">When attempts have to wait.</param>
    /// <param name="budget">The limits.</param>
    /// <param name="stored">What is stored.</param>
    public AccountAttempts(AttemptRules rules, AttemptBudget budget, AccountAttemptsState stored)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(stored);
        (_rules, _budget) = (rules, budget);
        (_forgiven, _ownerTold) = (stored.Forgiven, stored.OwnerTold);
        _strangers = new(rules.InARow(stored.Forgiven ? budget.AfterReset : budget.Strangers));
        _strangers.Restore(stored.Strangers.Failures, stored.Strangers.LastAt);
        foreach (DeviceAttemptsState device in stored.Devices)
            Device(device.Id).Restore(device.Failures, device.LastAt);
    }

    /// <summary>Begins an attempt: null when it may go on, otherwise how long to wait.</summary>
    public TimeSpan? Begin(KnownDevice? device, DateTimeOffset now)
    {
        if (device is null)
            return _strangers.Begin(now);

        Forget(now);
        int share = _budget.ShareOfDevices(device.Of, _rules.FreeFailures);
        bool usedUp =
            _devices.Values.Sum(tries => tries.Tries) >= _budget.Devices
            || (
                _devices.TryGetValue(device.Mark.Id, out AttemptBackoff? own) && own.Tries >= share
            );
        return usedUp ? _rules.LongestDelay : Device(device.Mark.Id).Begin(now);
    }

    /// <summary>Ends an attempt whose secret was not checked.</summary>
    public void Withdraw(KnownDevice? device) => Of(device)?.Withdraw();

    /// <summary>Ends an attempt with a wrong secret.</summary>
    public void Fail(KnownDevice? device, DateTimeOffset now) =>
        (device is null ? _strangers : Device(device.Mark.Id)).Fail(now);

    /// <summary>Ends an attempt with the right secret: nobody's failures count any longer.</summary>
    public void Succeed(KnownDevice? device)
    {
        Withdraw(device);
        Clear();
    }

    /// <summary>Forgets all failures.</summary>
    public void Clear()
    {
        _strangers.Clear();
        _strangers.LimitTo(_budget.Strangers);
        foreach (AttemptBackoff device in _devices.Values)
            device.Clear();
        (_forgiven, _ownerTold) = (false, false);
    }

    /// <summary>Forgets the failures of strangers, once; false when that has been done before.</summary>
    public bool ForgiveOnce()
    {
        if (_forgiven)
            return false;

        _strangers.Clear();
        _strangers.LimitTo(_budget.AfterReset);
        _forgiven = true;
        return true;
    }

    /// <summary>Whether the owner is to be notified of the failures.</summary>
    public bool OwnerIsToBeTold =>
        !_ownerTold
        && _budget.OwnersNotice > 0
        && _strangers.Failures + _devices.Values.Sum(device => device.Failures)
            >= _budget.OwnersNotice;

    /// <summary>The owner has been notified.</summary>
    public void OwnerTold() => _ownerTold = true;

    /// <summary>Whether everything that must not be lost in a crash is stored.</summary>
    public bool IsIn(AccountAttemptsState stored) =>
        _strangers.Tries <= stored.Strangers.Failures
        && (_forgiven, _ownerTold) == (stored.Forgiven, stored.OwnerTold)
        && _devices.All(device =>
            device.Value.Tries
            <= (stored.Devices.FirstOrDefault(known => known.Id == device.Key)?.Failures ?? 0)
        );

    /// <summary>The state to store.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ahead">How many attempts of strangers to count in advance.</param>
    public AccountAttemptsState ToStore(DateTimeOffset now, int ahead)
    {
        Forget(now);
        int strangers = _strangers.Tries;
        return new()
        {
            Strangers = new(strangers > 0 ? strangers + ahead : 0, LastAt(_strangers, now)),
            Devices =
            [
                .. _devices
                    .Where(device => device.Value.Tries > 0)
                    .Select(device => new DeviceAttemptsState(
                        device.Key,
                        device.Value.Tries,
                        LastAt(device.Value, now)
                    )),
            ],
            Forgiven = _forgiven,
            OwnerTold = _ownerTold,
            ExpiresAt = now + AttemptBackoff.RememberedFor,
        };
    }

    private static DateTimeOffset LastAt(AttemptBackoff tries, DateTimeOffset now) =>
        tries.Tries > tries.Failures ? now : tries.LastFailedAt;

    private AttemptBackoff? Of(KnownDevice? device) =>
        device is null ? _strangers : _devices.GetValueOrDefault(device.Mark.Id);

    private AttemptBackoff Device(string id)
    {
        if (_devices.TryGetValue(id, out AttemptBackoff? tries))
            return tries;

        // A device never waits: it has its share.
        AttemptBackoff made = new(
            new(_budget.Devices, int.MaxValue, _rules.FirstDelay, _rules.LongestDelay)
        );
        _devices.Add(id, made);
        return made;
    }

    private void Forget(DateTimeOffset now)
    {
        _strangers.Forget(now);
        foreach ((string id, AttemptBackoff device) in _devices)
        {
            device.Forget(now);
            if (device.Tries == 0)
                _devices.Remove(id);
        }
    }
}
