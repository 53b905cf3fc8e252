using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Tests.Sessions.Searching;

/// <summary>What a refresh token brings.</summary>
internal enum Worth
{
    /// <summary>The newest tokens.</summary>
    Tokens,

    /// <summary>Nothing for now.</summary>
    HeldUp,

    /// <summary>The end of the session.</summary>
    Theft,

    /// <summary>The newest tokens with a proof that was made after the presented one.</summary>
    Inheritance,
}

/// <summary>Rules of rotation that a search can play, with what they remember of one session. A value.</summary>
internal abstract record RotationRules
{
    public abstract int Generation { get; }

    public abstract int Least { get; }

    /// <summary>All that it remembers.</summary>
    public abstract UInt128 Key { get; }

    public abstract RotationRules CameBack(int generation, int now);

    public abstract RotationRules StepUp(int now);

    public abstract (Worth Worth, RotationRules Next) Spend(int generation, int now);
}

/// <summary>The product's own. A tick is a minute, and the grace is one of them.</summary>
internal sealed record ProductRules(Rotation Rotation) : RotationRules
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMinutes(1);

    public override int Generation => (int)Rotation.Generation;

    public override int Least => (int)Rotation.LeastGeneration;

    public override UInt128 Key
    {
        get
        {
            UInt128 key =
                (UInt128)Rotation.Generation
                | (UInt128)Rotation.LeastGeneration << 4
                | (UInt128)Rotation.Deliveries.ForgottenBelow << 8
                | (UInt128)Ticks(Rotation.RotatedAt) << 12;
            foreach (Delivery delivery in Rotation.Deliveries.Remembered)
            {
                int known = 1 + Ticks(delivery.SupersededAt);
                key |= (UInt128)known << (16 + 5 * (int)delivery.Generation);
            }

            return key;
        }
    }

    public override RotationRules CameBack(int generation, int now) =>
        new ProductRules(Rotation.CameBack(generation, Time(now), s_tick));

    public override RotationRules StepUp(int now) =>
        new ProductRules(Rotation.AdvanceAndRetire(Time(now)));

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        RefreshDecision decision = Rotation.Decide(generation, Time(now), s_tick);
        if (decision == RefreshDecision.Reuse)
            return (Worth.Theft, this);
        if (decision == RefreshDecision.HeldUp)
            return (Worth.HeldUp, this);

        Rotation next = Rotation.CameBack(generation, Time(now), s_tick);
        if (decision is RefreshDecision.Rotate or RefreshDecision.RotateFromToken)
            next = next.Advance(Time(now));
        bool inherits =
            generation < Rotation.LeastGeneration && decision != RefreshDecision.RepeatWithoutProof;
        return (inherits ? Worth.Inheritance : Worth.Tokens, new ProductRules(next));
    }

    private static DateTimeOffset Time(int now) => DateTimeOffset.UnixEpoch + now * s_tick;

    private static int Ticks(DateTimeOffset? time) =>
        time is { } at ? 1 + (int)((at - DateTimeOffset.UnixEpoch) / s_tick) : 0;
}
