using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Throttling;

/// <summary>The tries at one kind of an account's secrets: those of strangers, and those on each known device.</summary>
internal sealed class AccountTries
{
    private readonly ThrottleOptions _options;
    private readonly AccountBudget _budget;
    private readonly BackOff _strangers;
    private readonly Dictionary<string, BackOff> _devices = new(StringComparer.Ordinal);
    private bool _forgiven;
    private bool _ownerTold;

    /// <param name="options">The numbers.</param>
    /// <param name="budget">The limits.</param>
    /// <param name="stored">What to go on from.</param>
    public AccountTries(ThrottleOptions options, AccountBudget budget, AccountTriesState stored)
    {
        (_options, _budget) = (options, budget);
        (_forgiven, _ownerTold) = (stored.Forgiven, stored.OwnerTold);
        _strangers = new(options.InARow(stored.Forgiven ? budget.AfterReset : budget.Strangers));
        _strangers.Restore(stored.Strangers.Failures, stored.Strangers.LastAt);
        foreach (DeviceTriesState device in stored.Devices)
            Device(device.Id).Restore(device.Failures, device.LastAt);
    }

    /// <summary>Begins a try: null when it may go on, else for how long to wait.</summary>
    public TimeSpan? Begin(KnownDevice? device, DateTimeOffset now)
    {
        if (device is null)
            return _strangers.Begin(now);

        Forget(now);
        int share = _budget.ShareOfDevices(device.Of, _options.FailuresPerAddress);
        bool usedUp =
            _devices.Values.Sum(tries => tries.Tries) >= _budget.Devices
            || (_devices.TryGetValue(device.Mark.Id, out BackOff? own) && own.Tries >= share);
        return usedUp ? _options.LongestDelay : Device(device.Mark.Id).Begin(now);
    }

    /// <summary>Ends a try whose secret was not looked at.</summary>
    public void Withdraw(KnownDevice? device) => Of(device)?.Withdraw();

    /// <summary>Ends a try with a wrong secret.</summary>
    public void Fail(KnownDevice? device, DateTimeOffset now) =>
        (device is null ? _strangers : Device(device.Mark.Id)).Fail(now);

    /// <summary>Ends a try with the right secret: nobody's failures count any more.</summary>
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
        foreach (BackOff device in _devices.Values)
            device.Clear();
        (_forgiven, _ownerTold) = (false, false);
    }

    /// <summary>Forgets the failures of strangers, once; false when that is used up.</summary>
    public bool ForgiveOnce()
    {
        if (_forgiven)
            return false;

        _strangers.Clear();
        _strangers.LimitTo(_budget.AfterReset);
        _forgiven = true;
        return true;
    }

    /// <summary>Whether the owner has to be told of the failures.</summary>
    public bool OwnerIsToBeTold =>
        !_ownerTold
        && _budget.OwnersNotice > 0
        && _strangers.Failures + _devices.Values.Sum(device => device.Failures)
            >= _budget.OwnersNotice;

    /// <summary>The owner has been told.</summary>
    public void OwnerTold() => _ownerTold = true;

    /// <summary>Whether all that could be lost with this process is stored.</summary>
    public bool IsIn(AccountTriesState stored) =>
        _strangers.Tries <= stored.Strangers.Failures
        && (_forgiven, _ownerTold) == (stored.Forgiven, stored.OwnerTold)
        && _devices.All(device =>
            device.Value.Tries
            <= (stored.Devices.FirstOrDefault(known => known.Id == device.Key)?.Failures ?? 0)
        );

    /// <summary>What there is to store.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ahead">How many tries of strangers to count before they are made.</param>
    public AccountTriesState ToStore(DateTimeOffset now, int ahead)
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
                    .Select(device => new DeviceTriesState(
                        device.Key,
                        device.Value.Tries,
                        LastAt(device.Value, now)
                    )),
            ],
            Forgiven = _forgiven,
            OwnerTold = _ownerTold,
            ExpiresAt = now + BackOff.RememberedFor,
        };
    }

    private static DateTimeOffset LastAt(BackOff tries, DateTimeOffset now) =>
        tries.Tries > tries.Failures ? now : tries.LastFailedAt;

    private BackOff? Of(KnownDevice? device) =>
        device is null ? _strangers : _devices.GetValueOrDefault(device.Mark.Id);

    private BackOff Device(string id)
    {
        if (_devices.TryGetValue(id, out BackOff? tries))
            return tries;

        // A device waits for nothing: its share is what it has.
        BackOff made = new(
            new(_budget.Devices, int.MaxValue, _options.FirstDelay, _options.LongestDelay)
        );
        _devices.Add(id, made);
        return made;
    }

    private void Forget(DateTimeOffset now)
    {
        _strangers.Forget(now);
        foreach ((string id, BackOff device) in _devices)
        {
            device.Forget(now);
            if (device.Tries == 0)
                _devices.Remove(id);
        }
    }
}
