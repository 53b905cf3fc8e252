using System.Globalization;
using System.Text;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>
/// Every interleaving of a small world of leases: silos that activate one session, revoke it, crash, are stopped, are
/// declared dead and leave; holders that check from copies; and callers that ask a silo directly. Messages are late, lost
/// and reordered. Breadth first, so that the failure that is found is the shortest.
/// </summary>
/// <remarks>
/// Looked for is a check that is accepted although it began after the revocation was answered, or after another check was
/// refused because of it. Whatever is stopped simply does nothing while ticks pass.
/// </remarks>
/// <param name="size">How much happens.</param>
/// <param name="broken">The rule that does not hold.</param>
internal sealed partial class LeaseWorld(WorldSize size, ShellRule broken = ShellRule.None)
{
    private readonly SeenStates _seen = new();
    private readonly LeaseTables _rules = new(size.Ticks, size.QuestionLifetime);
    private int _from;
    private string? _failure;

    // Set while the steps are told that led to a failure.
    private Action<WorldState, string>? _listener;

    /// <summary>How many states there are.</summary>
    public int States => _seen.Count;

    /// <summary>Looks for a check that is accepted and must not be.</summary>
    /// <returns>What leads there, a step a line; null when there is nothing.</returns>
    public string? FindFailure()
    {
        _seen.Add(Start(), before: -1);
        for (_from = 0; _from < _seen.Count; _from++)
        {
            Play(_seen[_from]);
            if (_failure is not null)
                return Tell(_from);
        }
        return null;
    }

    private WorldState Start()
    {
        WorldState start = default;
        for (int silo = 0; silo < 2; silo++)
        {
            start.Silos[silo].Fence = LeaseTables.Fence;
            for (int holder = 0; holder < 2; holder++)
                start.Silos[silo].Granted[holder] = _rules.NoneGranted;
        }
        return start;
    }

    private void Play(WorldState state)
    {
        if (state.Now < size.Ticks)
        {
            WorldState next = state;
            next.Now++;
            Add(next, "a tick");
        }
        for (int silo = 0; silo < size.Silos; silo++)
        {
            PlayMembership(state, silo);
            PlayActivation(state, silo);
        }
        for (int holder = 0; holder < size.Holders; holder++)
        {
            PlayHolder(state, holder);
            PlayCheck(state, holder);
        }
        int messages = state.MessageCount;
        for (int i = 0; i < messages; i++)
            PlayMessage(state, i);
    }

    private void PlayMessage(WorldState state, int i)
    {
        Message message = state.Messages[i];
        WorldState next = state;
        next.Remove(i);
        if (message.Kind is not (MessageKind.Registration or MessageKind.Drop))
            Add(next, "lost", message);
        switch (message.Kind)
        {
            case MessageKind.Question:
                Asked(next, message);
                break;
            case MessageKind.Renewal:
                Grant(next, message);
                break;
            case MessageKind.Acknowledgement:
                Acknowledged(next, message);
                break;
            case MessageKind.Registration:
                Registered(next, message);
                break;
            case MessageKind.Answer:
                Answered(next, message);
                break;
            case MessageKind.Grant:
                Granted(next, message);
                break;
            case MessageKind.Recall:
                Recalled(next, message);
                break;
            case MessageKind.Drop:
                Dropped(next, message);
                break;
        }
    }

    private bool HasRoom(in WorldState state) => state.MessageCount < size.Messages;

    private static bool IsUnderWay(in WorldState state, MessageKind kind, int silo, int holder)
    {
        for (int i = 0; i < Messages.Most; i++)
        {
            Message message = state.Messages[i];
            if (message.Kind == kind && message.Silo == silo && message.Holder == holder)
                return true;
        }
        return false;
    }

    /// <summary>Whether a check that begins now must be refused.</summary>
    private static bool MustBeRefused(in WorldState state) =>
        (state.Told & (Told.Answered | Told.Refused)) != 0;

    private void Fail(string step, Message about = default)
    {
        _failure ??= Line(step, about);
    }

    private void Add(in WorldState state, string step, Message about = default)
    {
        if (_listener is null)
            _seen.Add(state, _from);
        else
            _listener(state, Line(step, about));
    }

    private static string Line(string step, Message about) =>
        about.Kind == MessageKind.None
            ? step
            : $"{step}: {about.Kind} of {about.Asked} ({about.Content}), silo {about.Silo}, holder {about.Holder}";

    private string Tell(int at)
    {
        List<string> lines = [_failure!];
        while (_seen.Before(at) is >= 0 and var before)
        {
            WorldState reached = _seen[at];
            string? line = null;
            _listener = (state, step) =>
            {
                if (line is null && SeenStates.AreEqual(state, reached))
                    line = string.Create(CultureInfo.InvariantCulture, $"{state.Now}  {step}");
            };
            Play(_seen[before]);
            lines.Add(line!);
            at = before;
        }
        _listener = null;
        lines.Reverse();
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }
}
