namespace SessionAuth.Domain.SignIn;

/// <summary>
/// The throttle for one wide client network and the narrower ones in it, each with a back-off of its own. Immutable.
/// </summary>
public sealed record NetworkAttempts
{
    private const int MostNetworks = 32;

    // A network is shared by many users: it is delayed and never blocked.
    private const int NoLimit = int.MaxValue;

    private readonly IReadOnlyList<AttemptBackoffRules> _rules;

    /// <summary>Creates a throttle without failures.</summary>
    /// <param name="rules">
    /// The delays for the narrowest network. Wider networks have more users, so more of their failures are free.
    /// </param>
    /// <param name="window">How long a failure counts.</param>
    public NetworkAttempts(AttemptRules rules, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules =
        [
            .. Enumerable
                .Range(0, ClientNetwork.MaxNetworks)
                .Select(widening =>
                    rules.InARow(NoLimit) with
                    {
                        Free = rules.FreeFailures << widening,
                        Window = window,
                    }
                ),
        ];
    }

    private AttemptBackoffs Networks { get; init; } = new(MostNetworks);

    /// <summary>Begins an attempt.</summary>
    /// <returns>The time to wait, or null if the attempt may proceed; and the next state.</returns>
    public (TimeSpan? Wait, NetworkAttempts Next) Begin(ClientNetwork network, DateTimeOffset now)
    {
        TimeSpan? wait = Around(network).Max(known => known.Value.Wait(now));
        return (wait, wait is null ? With(network, known => known.Begin(now).Next, now) : this);
    }

    /// <summary>Ends an attempt.</summary>
    public NetworkAttempts Finish(
        ClientNetwork network,
        AttemptOutcome outcome,
        DateTimeOffset now
    ) =>
        outcome switch
        {
            AttemptOutcome.Failed => With(network, known => known.Fail(now), now),
            // A success does not clear the failures: an attacker who knows one account's secret may be guessing
            // others'.
            AttemptOutcome.Succeeded or AttemptOutcome.NotVerified => With(
                network,
                known => known.Withdraw(),
                now
            ),
        };

    /// <summary>Counts the failure of an attempt that was begun on another instance.</summary>
    public NetworkAttempts CountFailure(ClientNetwork network, DateTimeOffset now) =>
        With(network, known => known.CountFailure(now), now);

    private NetworkAttempts With(
        ClientNetwork network,
        Func<AttemptBackoff, AttemptBackoff> change,
        DateTimeOffset now
    ) =>
        this with
        {
            Networks = Networks.With(
                [
                    .. Around(network)
                        .Select(known => KeyValuePair.Create(known.Key, change(known.Value))),
                ],
                now
            ),
        };

    private IEnumerable<KeyValuePair<string, AttemptBackoff>> Around(ClientNetwork network) =>
        network.Names.Zip(
            _rules,
            (name, rules) => KeyValuePair.Create(name, Networks.Of(name) ?? new(rules))
        );
}
