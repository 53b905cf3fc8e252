using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

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

/// <summary>The product's own: a <see cref="Session"/>. A tick is a minute, and the grace is one of them.</summary>
internal sealed record ProductRules(Session Session) : RotationRules
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMinutes(1);
    private static readonly UserId s_user = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly SessionProof s_proof = new([AuthenticationMethod.Password]);

    /// <summary>As it is at the sign-in.</summary>
    public static ProductRules AtSignIn { get; } =
        new(
            Session.Begin(
                SessionId.New(),
                new(s_user, ClientDevice.Forgotten, Persistent: true, s_proof),
                new(
                    IdleTimeout: TimeSpan.FromDays(30),
                    BriefIdleTimeout: TimeSpan.FromDays(1),
                    AbsoluteTimeout: TimeSpan.FromDays(90),
                    RefreshGrace: s_tick
                ),
                DateTimeOffset.UnixEpoch
            )
        );

    public override int Generation => (int)Session.Saved.Rotation.Generation;

    public override int Least => (int)Session.Saved.Rotation.LeastGeneration;

    public override UInt128 Key
    {
        get
        {
            Deliveries deliveries = Session.Activity.Deliveries;
            UInt128 key =
                (UInt128)Generation
                | (UInt128)Least << 4
                | (UInt128)deliveries.ForgottenBelow << 8
                | (UInt128)Ticks(Session.Saved.Rotation.RotatedAt) << 12
                | (UInt128)(HasProof(Session) ? 1 : 0) << 127;
            foreach (Delivery delivery in deliveries.Remembered)
            {
                int known = 1 + Ticks(delivery.SupersededAt);
                key |= (UInt128)known << (16 + 5 * (int)delivery.Generation);
            }

            return key;
        }
    }

    /// <summary>With another least generation than its own.</summary>
    public ProductRules WithLeast(long generation) =>
        new(
            Session.WithSaved(
                Session.Saved with
                {
                    Rotation = Session.Saved.Rotation with { LeastGeneration = generation },
                }
            )
        );

    public override RotationRules CameBack(int generation, int now) =>
        new ProductRules(Session.Check(s_user, generation, Time(now)).Next);

    public override RotationRules StepUp(int now) =>
        new ProductRules(Session.Prove(s_user, s_proof, Time(now)).Next);

    public override (Worth Worth, RotationRules Next) Spend(int generation, int now)
    {
        Decision<Session, SessionEffect, RefreshResult> decision = Session.Refresh(
            generation,
            "",
            Time(now)
        );
        Worth brought =
            generation < Least && HasProof(decision.Next) ? Worth.Inheritance : Worth.Tokens;
        Worth worth = decision.Result.Match(
            refreshed => brought,
            refreshed => brought,
            heldUp => Worth.HeldUp,
            replayed => Worth.Theft,
            notLive => throw new InvalidOperationException("The session has ended.")
        );
        return (worth, worth == Worth.Theft ? this : new ProductRules(decision.Next));
    }

    private static bool HasProof(Session session) => session.Saved.AuthenticatedAt is not null;

    private static DateTimeOffset Time(int now) => DateTimeOffset.UnixEpoch + now * s_tick;

    private static int Ticks(DateTimeOffset? time) =>
        time is { } at ? 1 + (int)((at - DateTimeOffset.UnixEpoch) / s_tick) : 0;
}
