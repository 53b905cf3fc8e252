namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>Broken on purpose: remembers only the newest two generations, and takes anything older for reuse.</summary>
internal sealed record TwoGenerations(
    int Newest = 1,
    int LeastGood = 0,
    int RotatedAt = -9,
    int? ConfirmedAt = null
) : RotationRules
{
    private const int Grace = 1;

    public override int Generation => Newest;

    public override int Least => LeastGood;

    public override UInt128 Key =>
        (UInt128)Newest
        | (UInt128)LeastGood << 4
        | (UInt128)(RotatedAt + 9) << 8
        | (UInt128)(ConfirmedAt + 1 ?? 0) << 16;

    public override RotationRules Presented(int generation, int now) =>
        generation == Newest ? this with { ConfirmedAt = ConfirmedAt ?? now } : this;

    public override RotationRules StepUp(int now) =>
        new TwoGenerations(Newest + 1, Newest + 1, now);

    public override (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    )
    {
        if (generation == Newest)
        {
            return now - RotatedAt < Grace
                ? (RefreshOutcome.Tokens, Presented(generation, now))
                : (RefreshOutcome.Tokens, new TwoGenerations(Newest + 1, LeastGood, now));
        }

        bool successorMayBeLost = ConfirmedAt is null || now - ConfirmedAt < Grace;
        return generation == Newest - 1 && successorMayBeLost
            ? (RefreshOutcome.Tokens, this)
            : (RefreshOutcome.Theft, this);
    }
}

/// <summary>
/// Broken on purpose: remembers only the newest two generations that were used, and takes anything older for reuse.
/// </summary>
internal sealed record NewestTwoPresented(
    int Newest = 1,
    int LeastGood = 0,
    int RotatedAt = -9,
    int Delivered = 0,
    int DeliveredBefore = 0,
    int ConfirmedAt = 0
) : RotationRules
{
    private const int Grace = 1;
    private const int LongestDelay = 2;

    public override int Generation => Newest;

    public override int Least => LeastGood;

    public override UInt128 Key =>
        (UInt128)Newest
        | (UInt128)LeastGood << 4
        | (UInt128)(RotatedAt + 9) << 8
        | (UInt128)Delivered << 16
        | (UInt128)DeliveredBefore << 20
        | (UInt128)ConfirmedAt << 24;

    public override RotationRules Presented(int generation, int now) =>
        generation > Delivered
            ? this with
            {
                DeliveredBefore = Delivered,
                Delivered = generation,
                ConfirmedAt = now,
            }
            : this;

    public override RotationRules StepUp(int now) => Advance(now) with { LeastGood = Newest + 1 };

    public override (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    )
    {
        if (generation == Newest)
        {
            NewestTwoPresented next = (NewestTwoPresented)Presented(generation, now);
            return (RefreshOutcome.Tokens, now - RotatedAt < Grace ? next : next.Advance(now));
        }

        if (generation >= Delivered)
            return (RefreshOutcome.Tokens, Presented(generation, now));
        int since = now - ConfirmedAt;
        if (generation < DeliveredBefore || since >= Grace + LongestDelay)
            return (RefreshOutcome.Theft, this);
        return (since < Grace ? RefreshOutcome.Tokens : RefreshOutcome.Superseded, this);
    }

    private NewestTwoPresented Advance(int now) =>
        this with
        {
            Newest = Newest + 1,
            RotatedAt = now,
        };
}

/// <summary>Broken on purpose: a superseded generation works again when it is used.</summary>
internal sealed record ForgivingRules(ProductRules Product) : RotationRules
{
    public override int Generation => Product.Generation;

    public override int Least => Product.Least;

    public override UInt128 Key => Product.Key;

    public override RotationRules Presented(int generation, int now) =>
        new ForgivingRules((ProductRules)Product.Presented(generation, now));

    public override RotationRules StepUp(int now) =>
        new ForgivingRules((ProductRules)Product.StepUp(now));

    public override (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    )
    {
        (RefreshOutcome outcome, RotationRules next) = Product.Spend(generation, now);
        return (
            outcome == RefreshOutcome.Theft ? RefreshOutcome.Superseded : outcome,
            new ForgivingRules((ProductRules)next)
        );
    }
}

/// <summary>Broken on purpose: a token from before a step-up gets the newest tokens at once.</summary>
internal sealed record InheritingRules(ProductRules Product) : RotationRules
{
    public override int Generation => Product.Generation;

    public override int Least => Product.Least;

    public override UInt128 Key => Product.Key;

    public override RotationRules Presented(int generation, int now) =>
        new InheritingRules((ProductRules)Product.Presented(generation, now));

    public override RotationRules StepUp(int now) =>
        new InheritingRules((ProductRules)Product.StepUp(now));

    public override (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    )
    {
        (RefreshOutcome outcome, RotationRules next) = Product.WithLeast(0).Spend(generation, now);
        bool inherits = outcome == RefreshOutcome.Tokens && generation < Least;
        ProductRules spent = ((ProductRules)next).WithLeast(Least);
        return (inherits ? RefreshOutcome.Inheritance : outcome, new InheritingRules(spent));
    }
}
