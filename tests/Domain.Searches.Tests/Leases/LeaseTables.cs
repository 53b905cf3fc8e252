using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>
/// The product's rules of leases over numbered values. Each is asked once for the same arguments: they are pure. A tick
/// is a second, and all clocks go alike.
/// </summary>
/// <param name="ticks">For how long a world is played.</param>
/// <param name="questionLifetime">How old an answer may be that is kept.</param>
internal sealed class LeaseTables(int ticks, int questionLifetime)
{
    /// <summary>For how long a fence stays open.</summary>
    public const int Fence = 2;

    private const int Length = 2;

    private static readonly HolderId[] s_holders =
    [
        new(new(1, 0, 0, new byte[8])),
        new(new(2, 0, 0, new byte[8])),
    ];

    private readonly LeaseRules _rules = new(
        Seconds(Length),
        ClockDrift: 0,
        Seconds(questionLifetime),
        MostTombstones: 8
    );
    private readonly Interned<GrantedLease> _granted = new(GrantedKey);
    private readonly Interned<LeaseGrant> _grants = new(GrantKey);
    private readonly Interned<StandingHolders> _sessionHolders = new(HoldersKey);
    private readonly Interned<HeldLease> _held = new(held => HeldKey(held, ticks));
    private readonly Interned<PlacedCopy> _copies = new(copy => CopyKey(copy, ticks));
    private readonly Dictionary<ulong, (int, int)> _known = [];

    private enum Question : byte
    {
        Grant,
        RecallFromHolder,
        Acknowledge,
        HasDropped,
        Begin,
        Register,
        RecallFromAll,
        EndRecall,
        GiveUpRecall,
        Take,
        RecallFromHeld,
        Keep,
        Answer,
    }

    /// <summary>The lease to a holder that has none.</summary>
    public ushort NoneGranted => _granted.Of(GrantedLease.None);

    /// <summary>The end of a lease that a silo granted, in ticks; 0 if it granted none.</summary>
    public byte Until(int granted) => (byte)Math.Max(0, _granted[granted].Until.TotalSeconds);

    /// <summary>The version below which the holder has yet to drop its copies; 0 if it has nothing to drop.</summary>
    public long Pending(int granted) =>
        _granted[granted].Pending.GetValueOrDefault(PlayedSession.Id);

    public (ushort Next, byte Grant) Grant(int granted, int now, int? fence) =>
        Halves(
            Known(
                Question.Grant,
                (granted, now, fence ?? 255, 0),
                () =>
                {
                    (GrantedLease next, LeaseGrant? grant) = _granted[granted]
                        .Grant(Seconds(now), fence is { } open ? Seconds(open) : null, _rules);
                    return (_granted.Of(next), _grants.Of(grant));
                }
            )
        );

    public ushort Recall(int granted, int below) =>
        Known(
            Question.RecallFromHolder,
            (granted, below, 0, 0),
            () => (_granted.Of(_granted[granted].Recall(RecallBelow(below))), 0)
        ).Number;

    public ushort Acknowledge(int granted, int below) =>
        Known(
            Question.Acknowledge,
            (granted, below, 0, 0),
            () => (_granted.Of(_granted[granted].Acknowledge([RecallBelow(below)])), 0)
        ).Number;

    public ushort GiveUp(int granted, int below) =>
        _granted.Of(_granted[granted].GiveUp(RecallBelow(below)));

    public bool HasDropped(int granted, int below, int grantedUntil, int now) =>
        Known(
            Question.HasDropped,
            (granted, below, grantedUntil, now),
            () =>
            {
                TimeSpan until = grantedUntil == 0 ? TimeSpan.MinValue : Seconds(grantedUntil);
                bool dropped = _granted[granted]
                    .HasDropped(RecallBelow(below), until, Seconds(now));
                return (dropped ? 1 : 0, 0);
            }
        ).Number != 0;

    public ushort NoHolders(int version) =>
        Known(
            Question.Begin,
            (version, 0, 0, 0),
            () => (_sessionHolders.Of(StandingHolders.None(version)), 0)
        ).Number;

    public (ushort Next, bool MayKeep) Register(int holders, int holder)
    {
        (ushort next, int mayKeep) = Known(
            Question.Register,
            (holders, holder, 0, 0),
            () =>
            {
                (bool mayKeep, StandingHolders next) = _sessionHolders[holders]
                    .Register(s_holders[holder]);
                return (_sessionHolders.Of(next), mayKeep ? 1 : 0);
            }
        );
        return (next, mayKeep != 0);
    }

    public bool IsRegistered(int holders, int holder) =>
        _sessionHolders[holders].Holders.Contains(s_holders[holder]);

    public long Version(int holders) => _sessionHolders[holders].Version;

    public ushort RecallFromAll(int holders, int version) =>
        Known(
            Question.RecallFromAll,
            (holders, version, 0, 0),
            () => (_sessionHolders.Of(_sessionHolders[holders].Recall(version)), 0)
        ).Number;

    public ushort EndRecall(int holders) =>
        Known(
            Question.EndRecall,
            (holders, 0, 0, 0),
            () => (_sessionHolders.Of(_sessionHolders[holders].EndRecall()), 0)
        ).Number;

    public ushort GiveUpRecall(int holders) =>
        Known(
            Question.GiveUpRecall,
            (holders, 0, 0, 0),
            () => (_sessionHolders.Of(_sessionHolders[holders].GiveUpRecall()), 0)
        ).Number;

    public ushort Take(int held, int grant, int asked, int now) =>
        Known(
            Question.Take,
            (held, grant, asked, now),
            () =>
            {
                HeldLease? previous = held == 0 ? null : _held[held];
                return (
                    _held.Of(HeldLease.Take(previous, _grants[grant], At(asked), At(now), _rules)),
                    0
                );
            }
        ).Number;

    /// <summary>The version below which a grant recalls; 0 if it recalls nothing.</summary>
    public int RecallOf(int grant) =>
        _grants[grant].Recalls is [var recall, ..] ? (int)recall.Below : 0;

    public ushort RecallFromHeld(int held, int below, int now) =>
        Known(
            Question.RecallFromHeld,
            (held, below, now, 0),
            () => (_held.Of(_held[held].Recall([RecallBelow(below)], At(now), _rules)), 0)
        ).Number;

    /// <summary>The copy to keep of a standing with a version; 0 if none.</summary>
    public ushort Keep(int held, int silo, int version, int asked, int now) =>
        Known(
            Question.Keep,
            (held, version << 1 | silo, asked, now),
            () =>
            {
                LeasedStanding standing = PlayedSession.Live.Lease(version, PlayedSession.Begins)!;
                KeptStanding? kept = _held[held]
                    .Keep(PlayedSession.Id, standing, At(asked), At(now), _rules);
                return (_copies.Of(kept is { } copy ? new(silo, copy) : null), 0);
            }
        ).Number;

    public int SiloOf(int copy) => _copies[copy].Silo;

    public bool IsVoid(int copy, int below) => _copies[copy].Kept.Standing.Version < below;

    /// <summary>Whether a check is answered from a copy.</summary>
    public bool Answers(int copy, int held, int now) =>
        Known(
            Question.Answer,
            (copy, held, now, 0),
            () =>
                (
                    _copies[copy].Kept.Answer(PlayedSession.User, 1, _held[held], At(now)) is null
                        ? 0
                        : 1,
                    0
                )
        ).Number != 0;

    public static StandingRecall RecallBelow(int version) => new(PlayedSession.Id, version);

    private (ushort Number, int Other) Known(
        Question question,
        (int A, int B, int C, int D) of,
        Func<(int, int)> ask
    )
    {
        ulong key =
            (ulong)question
            | (ulong)(uint)of.A << 8
            | (ulong)(uint)of.B << 24
            | (ulong)(uint)of.C << 40
            | (ulong)(uint)of.D << 56;
        if (!_known.TryGetValue(key, out (int Number, int Other) answer))
            _known.Add(key, answer = ask());
        return ((ushort)answer.Number, answer.Other);
    }

    private static (ushort, byte) Halves((ushort Number, int Other) answer) =>
        (answer.Number, checked((byte)answer.Other));

    private static TimeSpan Seconds(int ticks) => TimeSpan.FromSeconds(ticks);

    private static ClockReading At(int now) =>
        new(Seconds(now), DateTimeOffset.UnixEpoch + Seconds(now));

    private static string GrantedKey(GrantedLease lease) =>
        $"{lease.Until} {lease.Pending.GetValueOrDefault(PlayedSession.Id)}";

    private static string GrantKey(LeaseGrant grant) =>
        $"{grant.Length} {string.Join(' ', grant.Recalls)}";

    private static string HoldersKey(StandingHolders holders)
    {
        int registered = s_holders
            .Select((holder, i) => holders.Holders.Contains(holder) ? 1 << i : 0)
            .Sum();
        return $"{holders.Version} {registered} {holders.IsRecalling}";
    }

    private static string HeldKey(HeldLease held, int ticks)
    {
        // A tombstone shows its age by when it is forgotten.
        IEnumerable<long> tombstones = Enumerable
            .Range(0, ticks + 2)
            .Select(before =>
                held.Tombstones.Forget(Seconds(before)).LeastVersion(PlayedSession.Id)
            );
        return $"{held.Number} {held.BeganAt} {held.Deadline} {string.Join(' ', tombstones)}";
    }

    private static string CopyKey(PlacedCopy copy, int ticks)
    {
        KeptStanding kept = copy.Kept;
        // A copy that may be used for longer than the world is played may be used for ever.
        bool ends = kept.UsableUntil.HasPassed(At(ticks));
        return $"{copy.Silo} {kept.Standing.Version} {kept.LeaseNumber} {(ends ? kept.UsableUntil : null)}";
    }

    private sealed record PlacedCopy(int Silo, KeptStanding Kept);
}
