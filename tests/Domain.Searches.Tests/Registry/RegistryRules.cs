using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Searches.Tests.Registry;

/// <summary>The product's own rules of copies of the registry, or one of them broken.</summary>
internal sealed record RegistryRules
{
    private static readonly LeaseRules s_lengths = LeaseRules.Default with
    {
        Length = TimeSpan.FromSeconds(2),
        ClockDrift = 0,
    };

    /// <summary>An activation begins.</summary>
    public Func<TimeSpan, CopyHolders> Begin { get; init; } =
        now => CopyHolders.Begin(now, s_lengths);

    /// <summary>The version that a question says the holder has, given that and the newest.</summary>
    public Func<long?, long, long?> Confirmed { get; init; } = (known, _) => known;

    /// <summary>The remaining wait for a withdrawal.</summary>
    public Func<CopyHolders, CopyWithdrawal, TimeSpan, TimeSpan> Remaining { get; init; } =
        (holders, withdrawal, now) => holders.Remaining(withdrawal, now);

    /// <summary>The time from which the holder counts its right, given that of the question and of the answer.</summary>
    public Func<TimeSpan, TimeSpan, TimeSpan> CountsFrom { get; init; } = (asked, _) => asked;

    /// <summary>Whether the holder looks at an answer that it has given up waiting for.</summary>
    public bool TakesLateAnswers { get; init; }

    /// <summary>Whether the copy is used, given that it may be.</summary>
    public Func<bool, bool> Uses { get; init; } = usable => usable;

    /// <summary>Each with one rule broken, by name.</summary>
    public static IReadOnlyDictionary<string, RegistryRules> Broken { get; } =
        new Dictionary<string, RegistryRules>
        {
            ["earlier activations are forgotten"] = new()
            {
                Begin = now => CopyHolders.Begin(now - s_lengths.Length, s_lengths),
            },
            ["an answer counts as a confirmation"] = new() { Confirmed = (_, newest) => newest },
            ["a removal is answered at once"] = new() { Remaining = (_, _, _) => TimeSpan.Zero },
            ["a removal is answered a moment early"] = new()
            {
                Remaining = (holders, withdrawal, now) =>
                    holders.Remaining(withdrawal, now) - TimeSpan.FromSeconds(1),
            },
            ["a right counts from its answer"] = new() { CountsFrom = (_, answered) => answered },
            ["late answers are taken"] = new() { TakesLateAnswers = true },
            ["copies are used for ever"] = new() { Uses = _ => true },
        };
}
