namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>A rule that is broken: the newest two generations alone are remembered, and anything older is a copy.</summary>
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

    public override RotationRules CameBack(int generation, int now) =>
        generation == Newest ? this with { ConfirmedAt = ConfirmedAt ?? now } : this;

    public override RotationRules StepUp(int now) =>
        new TwoGenerations(Newest + 1, Newest + 1, now);

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        if (generation == Newest)
        {
            return now - RotatedAt < Grace
                ? (Worth.Tokens, CameBack(generation, now))
                : (Worth.Tokens, new TwoGenerations(Newest + 1, LeastGood, now));
        }

        bool successorMayBeLost = ConfirmedAt is null || now - ConfirmedAt < Grace;
        return generation == Newest - 1 && successorMayBeLost
            ? (Worth.Tokens, this)
            : (Worth.Theft, this);
    }
}

/// <summary>A rule that is broken: the newest two generations that came back are remembered, and what is older is a copy.</summary>
internal sealed record NewestTwoThatCameBack(
    int Newest = 1,
    int LeastGood = 0,
    int RotatedAt = -9,
    int Delivered = 0,
    int DeliveredBefore = 0,
    int ConfirmedAt = 0
) : RotationRules
{
    private const int Grace = 1;
    private const int HeldUp = 2;

    public override int Generation => Newest;

    public override int Least => LeastGood;

    public override UInt128 Key =>
        (UInt128)Newest
        | (UInt128)LeastGood << 4
        | (UInt128)(RotatedAt + 9) << 8
        | (UInt128)Delivered << 16
        | (UInt128)DeliveredBefore << 20
        | (UInt128)ConfirmedAt << 24;

    public override RotationRules CameBack(int generation, int now) =>
        generation > Delivered
            ? this with
            {
                DeliveredBefore = Delivered,
                Delivered = generation,
                ConfirmedAt = now,
            }
            : this;

    public override RotationRules StepUp(int now) => Advance(now) with { LeastGood = Newest + 1 };

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        if (generation == Newest)
        {
            NewestTwoThatCameBack next = (NewestTwoThatCameBack)CameBack(generation, now);
            return (Worth.Tokens, now - RotatedAt < Grace ? next : next.Advance(now));
        }

        if (generation >= Delivered)
            return (Worth.Tokens, CameBack(generation, now));
        int since = now - ConfirmedAt;
        if (generation < DeliveredBefore || since >= Grace + HeldUp)
            return (Worth.Theft, this);
        return (since < Grace ? Worth.Tokens : Worth.HeldUp, this);
    }

    private NewestTwoThatCameBack Advance(int now) =>
        this with
        {
            Newest = Newest + 1,
            RotatedAt = now,
        };
}

/// <summary>A rule that is broken: a generation that was superseded once is good again when it comes back.</summary>
internal sealed record ForgivingRules(ProductRules Product) : RotationRules
{
    public override int Generation => Product.Generation;

    public override int Least => Product.Least;

    public override UInt128 Key => Product.Key;

    public override RotationRules CameBack(int generation, int now) =>
        new ForgivingRules((ProductRules)Product.CameBack(generation, now));

    public override RotationRules StepUp(int now) =>
        new ForgivingRules((ProductRules)Product.StepUp(now));

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        (Worth worth, RotationRules next) = Product.Spend(generation, now);
        return (
            worth == Worth.Theft ? Worth.HeldUp : worth,
            new ForgivingRules((ProductRules)next)
        );
    }
}

/// <summary>A rule that is broken: whoever has a token from before a step-up is handed the newest at once.</summary>
internal sealed record InheritingRules(ProductRules Product) : RotationRules
{
    public override int Generation => Product.Generation;

    public override int Least => Product.Least;

    public override UInt128 Key => Product.Key;

    public override RotationRules CameBack(int generation, int now) =>
        new InheritingRules((ProductRules)Product.CameBack(generation, now));

    public override RotationRules StepUp(int now) =>
        new InheritingRules((ProductRules)Product.StepUp(now));

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        (Worth worth, RotationRules next) = Product.WithLeast(0).Spend(generation, now);
        bool inherits = worth == Worth.Tokens && generation < Least;
        ProductRules spent = ((ProductRules)next).WithLeast(Least);
        return (inherits ? Worth.Inheritance : worth, new InheritingRules(spent));
    }
}
