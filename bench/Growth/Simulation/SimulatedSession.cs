using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>
/// A session on its silo, as far as copies of it are concerned. The rules are <see cref="StandingHolders"/>'.
/// </summary>
internal sealed class SimulatedSession(SimulatedSilo silo, SimulatedHolder[] frontEnds)
{
    private static readonly TimeSpan s_usableFor = TimeSpan.FromDays(30);

    private StandingHolders _copies = StandingHolders.None(silo.NextVersion());
    private long[] _delivered = [1];

    public SessionId Id { get; } = SessionId.New();

    /// <summary>The front ends that its requests reach.</summary>
    public SimulatedHolder[] FrontEnds => frontEnds;

    /// <summary>Its newest access token.</summary>
    public CheckedToken Token { get; private set; } =
        new(default, UserId.New(DateTimeOffset.UnixEpoch), generation: 1);

    public LeasedCheck CheckFor(HolderId holder)
    {
        if (Token.Generation != _delivered[^1])
            _delivered = [_delivered[^1], Token.Generation];
        if (!silo.HasLease(holder))
            return new(SessionStanding.Live, silo.Id);

        (bool mayKeep, _copies) = _copies.Register(holder);
        LeasedStanding copy = new(
            _copies.Version,
            Token.User,
            LeastGeneration: 0,
            _delivered,
            Restricted: false,
            s_usableFor,
            Grants: []
        );
        return new(SessionStanding.Live, silo.Id, mayKeep ? copy : null);
    }

    /// <summary>Its tokens are refreshed. Copies stay; the new token is not answered from them.</summary>
    public void Refresh() => Token = new(Token.Session, Token.User, Token.Generation + 1);

    /// <summary>Recalls it, and says when no copy is used any more.</summary>
    public void Recall(Action dropped)
    {
        _copies = _copies.Recall(silo.NextVersion());
        silo.Recall(
            _copies.Holders,
            new(Id, _copies.Version),
            () =>
            {
                _copies = _copies.EndRecall();
                dropped();
            }
        );
    }
}
