using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>What a refresh token gets.</summary>
internal enum RefreshOutcome
{
    /// <summary>The newest tokens.</summary>
    Tokens,

    /// <summary>A refusal for now.</summary>
    Superseded,

    /// <summary>The revocation of the session.</summary>
    Theft,

    /// <summary>The newest tokens, with a proof that was made after the presented token.</summary>
    Inheritance,
}

/// <summary>Rotation rules for the search, with everything they remember of one session. An immutable value.</summary>
internal abstract record RotationRules
{
    public abstract int Generation { get; }

    public abstract int Least { get; }

    /// <summary>Encodes everything that the rules remember.</summary>
    public abstract UInt128 Key { get; }

    public abstract RotationRules Presented(int generation, int now);

    public abstract RotationRules StepUp(int now);

    public abstract (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    );
}

/// <summary>The product's own rules: a <see cref="Session"/>. A tick is a minute, and so is the grace.</summary>
internal sealed record ProductRules(Session Session) : RotationRules
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMinutes(1);
    private static readonly UserId s_user = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly SessionProof s_proof = new([AuthenticationMethod.Password]);

    /// <summary>The state at the sign-in.</summary>
    public static ProductRules AtSignIn { get; } =
        new(
            Session.Begin(
                SessionId.New(),
                new(s_user, ClientDevice.Removed, Persistent: true, s_proof),
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

    /// <summary>The same state with another least generation.</summary>
    public ProductRules WithLeast(long generation) =>
        new(
            Session.WithSaved(
                Session.Saved with
                {
                    Rotation = Session.Saved.Rotation with { LeastGeneration = generation },
                }
            )
        );

    public override RotationRules Presented(int generation, int now) =>
        new ProductRules(Session.Check(s_user, generation, Time(now)).Next);

    public override RotationRules StepUp(int now) =>
        new ProductRules(Session.Prove(s_user, s_proof, Time(now)).Next);

    public override (RefreshOutcome RefreshOutcome, RotationRules Next) Spend(
        int generation,
        int now
    )
    {
        SessionDecision<RefreshResult> decision = Session.Refresh(generation, "", Time(now));
        RefreshOutcome brought =
            generation < Least && HasProof(decision.Next)
                ? RefreshOutcome.Inheritance
                : RefreshOutcome.Tokens;
        RefreshOutcome outcome = decision.Result.Match(
            refreshed => brought,
            refreshed => brought,
            superseded => RefreshOutcome.Superseded,
            replayed => RefreshOutcome.Theft,
            notLive => throw new InvalidOperationException("The session has ended.")
        );
        return (outcome, outcome == RefreshOutcome.Theft ? this : new ProductRules(decision.Next));
    }

    private static bool HasProof(Session session) => session.Saved.AuthenticatedAt is not null;

    private static DateTimeOffset Time(int now) => DateTimeOffset.UnixEpoch + now * s_tick;

    private static int Ticks(DateTimeOffset? time) =>
        time is { } at ? 1 + (int)((at - DateTimeOffset.UnixEpoch) / s_tick) : 0;
}
