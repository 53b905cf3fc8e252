using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Tests.Sessions.Grants;

/// <summary>What happens to the write of a request, and to its answer.</summary>
public enum GrantFault
{
    None,

    /// <summary>Nothing is stored, and the request fails.</summary>
    WriteFails,

    /// <summary>The node is killed before the write.</summary>
    DiesBeforeTheWrite,

    /// <summary>The node is killed after the write and before the answer.</summary>
    DiesAfterTheWrite,

    /// <summary>The client does not receive the answer.</summary>
    AnswerIsLost,
}

/// <summary>An event in the life of a session that applications were given.</summary>
public abstract record GrantEvent
{
    public sealed record Pause(int Seconds) : GrantEvent;

    /// <summary>An application redeems a code that was just issued.</summary>
    public sealed record Redeemed(int Application, GrantFault Fault, bool ReplacesLast)
        : GrantEvent;

    /// <summary>A code that was redeemed is presented again.</summary>
    public sealed record RedeemedAgain(int Which, GrantFault Fault) : GrantEvent;

    /// <summary>A client uses the refresh token that it has. A repeated request arrives once more, later.</summary>
    public sealed record Refreshed(int Which, GrantFault Fault, bool IsRepeated) : GrantEvent;

    /// <summary>A request that was repeated arrives.</summary>
    public sealed record RepeatArrived(int Which) : GrantEvent;

    /// <summary>An application gives its grant back.</summary>
    public sealed record Ended(int Which, GrantFault Fault) : GrantEvent;

    /// <summary>The user ends an application on the list of devices.</summary>
    public sealed record ApplicationEnded(int Application, GrantFault Fault) : GrantEvent;

    /// <summary>The session itself is used.</summary>
    public sealed record SessionRefreshed(GrantFault Fault) : GrantEvent;

    public sealed record Killed : GrantEvent;
}

/// <summary>
/// Simulates a session that is handed to applications with the product's own rules: its state in memory and in storage,
/// and clients that use the newest refresh token that they have received.
/// </summary>
internal sealed class GrantSimulation
{
    public const int Applications = 12;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly SessionId s_id = SessionId.New();
    private static readonly UserId s_user = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly SessionRules s_rules = new(
        IdleTimeout: TimeSpan.FromDays(4000),
        BriefIdleTimeout: TimeSpan.FromDays(4000),
        AbsoluteTimeout: TimeSpan.FromDays(4000),
        RefreshGrace: s_grace
    );

    private readonly List<Client> _clients = [];
    private readonly List<(Client Client, long Generation, DateTimeOffset SentAt)> _repeats = [];
    private Session _memory;
    private SessionState _stored;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public GrantSimulation()
    {
        _memory = Session.Begin(
            s_id,
            new(
                s_user,
                ClientDevice.Removed,
                Persistent: true,
                new([AuthenticationMethod.Password])
            ),
            s_rules,
            _now
        );
        _stored = _memory.Saved;
    }

    public IReadOnlyList<Client> Clients => _clients;

    public SessionGrants Grants => _memory.Saved.Grants ?? SessionGrants.None;

    public void Play(GrantEvent grantEvent)
    {
        switch (grantEvent)
        {
            case GrantEvent.Pause pause:
                _now += TimeSpan.FromSeconds(pause.Seconds);
                _repeats.RemoveAll(repeat => _now - repeat.SentAt > Rotation.LongestDelay);
                break;
            case GrantEvent.Redeemed redeemed:
                Redeem(redeemed);
                break;
            case GrantEvent.RedeemedAgain again when _clients.Count > 0:
                RedeemAgain(_clients[again.Which % _clients.Count], again.Fault);
                break;
            case GrantEvent.Refreshed refreshed when _clients.Count > 0:
                Refresh(_clients[refreshed.Which % _clients.Count], refreshed);
                break;
            case GrantEvent.RepeatArrived repeat when _repeats.Count > 0:
                (Client client, long generation, _) = _repeats[repeat.Which % _repeats.Count];
                Spend(client, generation, GrantFault.AnswerIsLost);
                break;
            case GrantEvent.Ended ended when _clients.Count > 0:
                Client ending = _clients[ended.Which % _clients.Count];
                End(
                    _memory.EndGrant(ending.Id, ending.Application, _now),
                    client => client == ending,
                    ended.Fault
                );
                break;
            case GrantEvent.ApplicationEnded ended:
                ClientId application = Application(ended.Application);
                End(
                    _memory.EndGrantsOf(s_user, application, _now),
                    client => client.Application == application,
                    ended.Fault
                );
                break;
            case GrantEvent.SessionRefreshed refreshed:
                Carry(
                    _memory.Refresh(_memory.Saved.Rotation.Generation, "", _now),
                    refreshed.Fault
                );
                break;
            case GrantEvent.Killed:
                Die();
                break;
        }
    }

    /// <summary>Ends the session.</summary>
    public void Revoke() =>
        Carry(_memory.Revoke(SessionEndReason.SignedOut, s_user, _now), GrantFault.None);

    /// <summary>Kills the node, and loads the session again.</summary>
    public void Die() => _memory = Session.Load(s_id, _stored, s_rules);

    public bool IsLive(Client client)
    {
        (GrantStanding? grant, _memory) = _memory.CheckGrant(client.Id, client.Application, _now);
        return grant is not null;
    }

    /// <summary>Uses a refresh token, as its client or a thief does.</summary>
    public RefreshGrantResult Spend(Client client, long generation, GrantFault fault)
    {
        SessionDecision<RefreshGrantResult> decision = _memory.RefreshGrant(
            client.Id,
            client.Application,
            generation,
            _now
        );
        bool answered = Carry(decision, fault);
        if (answered && decision.Result is RefreshGrantResult.Refreshed refreshed)
            client.Generation = refreshed.Generation;
        if (answered && decision.Result is RefreshGrantResult.Replayed)
            client.IsEnded = true;
        return decision.Result;
    }

    /// <summary>Lets so much time pass that no request of before arrives any more.</summary>
    public void Settle() =>
        Play(new GrantEvent.Pause((int)(Rotation.LongestDelay + s_grace).TotalSeconds + 1));

    private void Redeem(GrantEvent.Redeemed redeemed)
    {
        ClientId application = Application(redeemed.Application);
        Client? last = redeemed.ReplacesLast
            ? _clients.LastOrDefault(client =>
                client.Application == application && Grants.Find(client.Id, application) is not null
            )
            : null;
        Client client = new(GrantId.New(), application, _now + SessionGrants.LongestCode);
        SessionDecision<OpenGrantResult> decision = _memory.OpenGrant(
            Opening(client, last?.Id),
            _now
        );
        bool answered = Carry(decision, redeemed.Fault);
        if (decision.Result is OpenGrantResult.TooMany)
            return;

        Assert.IsType<OpenGrantResult.Opened>(decision.Result);
        _clients.Add(client);
        // Otherwise it may be open, but nobody has its tokens.
        client.WasAnswered = answered;
        NoteEnded();
        if (answered && last is not null)
            last.IsEnded = true;
    }

    private void RedeemAgain(Client client, GrantFault fault)
    {
        SessionDecision<OpenGrantResult> decision = _memory.OpenGrant(Opening(client, null), _now);
        bool answered = Carry(decision, fault);
        client.MayHaveEnded = true;
        if (answered && decision.Result is OpenGrantResult.UsedBefore)
            client.IsEnded = true;
        NoteEnded();
    }

    private void End(SessionDecision<bool> decision, Func<Client, bool> which, GrantFault fault)
    {
        HashSet<string> open = [.. Grants.Open.Select(grant => grant.Id)];
        Client[] ending =
        [
            .. _clients.Where(which).Where(client => open.Contains(client.Id.Value)),
        ];
        bool answered = Carry(decision, fault);
        foreach (Client client in ending)
        {
            client.MayHaveEnded = true;
            client.IsEnded |= answered;
        }
    }

    // Others may have taken its place.
    private void NoteEnded()
    {
        HashSet<string> open = [.. Grants.Open.Select(grant => grant.Id)];
        foreach (Client client in _clients.Where(client => !open.Contains(client.Id.Value)))
            client.MayHaveEnded = true;
    }

    private void Refresh(Client client, GrantEvent.Refreshed refreshed)
    {
        if (!client.WasAnswered)
            return;
        long generation = client.Generation;
        if (refreshed.IsRepeated)
            _repeats.Add((client, generation, _now));
        RefreshGrantResult result = Spend(client, generation, refreshed.Fault);
        if (client.MayHaveEnded || client.IsEnded)
            return;

        Assert.IsType<RefreshGrantResult.Refreshed>(result);
    }

    // As a grain does: stores the decision, then answers.
    private bool Carry<TResult>(SessionDecision<TResult> decision, GrantFault fault)
    {
        if (fault == GrantFault.DiesBeforeTheWrite)
        {
            Die();
            return false;
        }
        _memory = _memory with { Activity = decision.Next.Activity };
        if (decision.MustStore && fault != GrantFault.WriteFails)
        {
            _stored = decision.Next.Saved;
            _memory = _memory.WithSaved(_stored);
        }
        if (fault == GrantFault.DiesAfterTheWrite)
            Die();
        return fault == GrantFault.None || (fault == GrantFault.WriteFails && !decision.MustStore);
    }

    private static ClientId Application(int number) => ClientId.Parse($"app-{number}");

    private static GrantOpening Opening(Client client, GrantId? replaces) =>
        new(
            client.Id,
            client.Application,
            ["openid"],
            DateTimeOffset.UnixEpoch,
            [AuthenticationMethod.Password],
            client.CodeExpiresAt,
            replaces
        );

    /// <summary>A client of an application, with the refresh token that it has.</summary>
    public sealed class Client(GrantId id, ClientId application, DateTimeOffset codeExpiresAt)
    {
        public GrantId Id => id;

        public ClientId Application => application;

        public DateTimeOffset CodeExpiresAt => codeExpiresAt;

        public long Generation { get; set; } = 1;

        public bool WasAnswered { get; set; }

        /// <summary>Whether somebody was told that the grant has ended.</summary>
        public bool IsEnded { get; set; }

        /// <summary>Whether it may have ended, because others took its place or a request failed.</summary>
        public bool MayHaveEnded { get; set; }
    }
}
