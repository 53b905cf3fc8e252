using System.Globalization;
using System.Text;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>
/// Searches every interleaving of a small model: one session, a browser with two tabs whose requests and answers are
/// lost, delayed and reordered, and optionally a thief with a copy of the browser's refresh token. Breadth first, so
/// that it finds the shortest failure.
/// </summary>
/// <param name="rules">The rules at the sign-in.</param>
/// <param name="ticks">
/// The length of each history. The grace is one tick, and requests and answers arrive within two ticks or never.
/// </param>
/// <param name="mostRequests">The maximum number of requests of the browser.</param>
/// <param name="thief">Whether there is a thief.</param>
internal sealed class InterleavingSearch(
    RotationRules rules,
    int ticks,
    int mostRequests,
    bool thief
)
{
    private const int Grace = 1;
    private const int LongestDelay = 2;
    private const int MostGenerations = 9;

    private readonly Dictionary<Key, (Key Before, Step Step)> _seen = [];
    private List<State> _next = [];
    private Key _from;
    private Step? _failure;

    /// <summary>The number of states.</summary>
    public int States => _seen.Count;

    /// <summary>
    /// Searches for an honest request that is taken for reuse, an inherited proof, and an undetected thief.
    /// </summary>
    /// <returns>The steps that lead there, one per line; null when nothing was found.</returns>
    public string? FindFailure()
    {
        State start = new(0, rules, new History(0, 0), 1, default, default, default, 0, 0, 0);
        _seen[start.Key] = default;
        List<State> frontier = [start];
        while (frontier.Count > 0)
        {
            _next = [];
            foreach (State state in frontier)
            {
                _from = state.Key;
                Play(state);
                if (_failure is { } failure)
                    return Describe(failure);
            }

            frontier = _next;
        }

        return null;
    }

    private void Play(State state)
    {
        if (state.Now < ticks)
            Add(new(EventKind.Tick), Later(state));
        if (state.FreePlace >= 0 && state.Sent < mostRequests)
        {
            for (Kind kind = Kind.Check; kind <= Kind.StepUpExpired; kind++)
            {
                if (state.Rules.Generation + 2 <= MostGenerations)
                {
                    Message sent = new(kind, state.Jar, state.Now);
                    Add(
                        new(EventKind.Sent, kind, state.Jar),
                        state.With(state.FreePlace, sent) with
                        {
                            Sent = state.Sent + 1,
                            Used = Math.Max(state.Used, state.Jar),
                        }
                    );
                }
            }
        }

        for (int place = 0; place < State.Places; place++)
        {
            Message message = state[place];
            if (message.Kind == Kind.None)
                continue;

            State without = state.With(place, default);
            Add(new(EventKind.Lost, message.Kind, message.Generation), without);
            if (message.Kind == Kind.Answer)
                Arrive(message, without);
            else
                Serve(message, without);
        }

        if (thief)
            Steal(state);
    }

    private static State Later(State state)
    {
        State later = state with { Now = state.Now + 1 };
        for (int place = 0; place < State.Places; place++)
        {
            while (later[place].Kind != Kind.None && later.Now - later[place].At > LongestDelay)
                later = later.With(place, default);
        }

        return later;
    }

    private void Arrive(Message answer, State without)
    {
        // The limit of the promise: cookies that are set after the browser has used newer ones.
        if (answer.Generation >= without.Used)
            Add(
                new(EventKind.Arrived, Kind.Answer, answer.Generation),
                without with
                {
                    Jar = answer.Generation,
                }
            );
    }

    private void Serve(Message request, State state)
    {
        int generation = request.Generation;
        bool stepsUp = request.Kind is Kind.StepUp or Kind.StepUpExpired;
        bool hasAccess =
            request.Kind is Kind.Check or Kind.StepUp && generation >= state.Rules.Least;
        State next = state;
        int answer = 0;
        if (hasAccess)
        {
            next = state.Presented(generation);
        }
        else
        {
            (RefreshOutcome outcome, next) = state.Spend(generation);
            if (outcome == RefreshOutcome.Theft)
                _failure ??= new(EventKind.FalseReuse, request.Kind, generation);
            if (outcome == RefreshOutcome.Inheritance)
                _failure ??= new(EventKind.Inherited, request.Kind, generation);
            if (outcome == RefreshOutcome.Superseded)
            {
                Add(new(EventKind.Superseded, request.Kind, generation), next);
                return;
            }

            answer = next.Rules.Generation;
        }

        if (stepsUp)
        {
            next = next with { Rules = next.Rules.StepUp(next.Now) };
            answer = next.Rules.Generation;
        }

        Add(
            new(EventKind.Served, request.Kind, generation, answer),
            answer == 0
                ? next
                : next.With(next.FreePlace, new Message(Kind.Answer, answer, next.Now))
        );
    }

    private void Steal(State state)
    {
        if (state.Stolen == 0)
        {
            Add(new(EventKind.Stolen, Kind.None, state.Jar), state with { Stolen = state.Jar });
            return;
        }

        if (
            state.History.SupersededAt(state.Stolen) is { } at
            && state.Now - at >= Grace + LongestDelay
            && state.Spend(state.Stolen).RefreshOutcome != RefreshOutcome.Theft
        )
            _failure ??= new(EventKind.ThiefMissed, Kind.None, state.Stolen);
    }

    private void Add(Step step, State state)
    {
        if (_seen.TryAdd(state.Key, (_from, step)))
            _next.Add(state);
    }

    private string Describe(Step failure)
    {
        List<Step> steps = [failure];
        for (Key key = _from; _seen[key].Step.What != EventKind.Nothing; key = _seen[key].Before)
            steps.Add(_seen[key].Step);
        steps.Reverse();
        StringBuilder text = new();
        foreach (Step step in steps)
            text.AppendLine(CultureInfo.InvariantCulture, $"{step}");
        return text.ToString();
    }

    private enum Kind : byte
    {
        None,
        Check,
        Refresh,
        StepUp,
        StepUpExpired,
        Answer,
    }

    private enum EventKind : byte
    {
        Nothing,
        Tick,
        Sent,
        Lost,
        Arrived,
        Served,
        Superseded,
        Stolen,
        FalseReuse,
        Inherited,
        ThiefMissed,
    }

    private readonly record struct Step(
        EventKind What,
        Kind Kind = Kind.None,
        int Generation = 0,
        int Answer = 0
    );

    private readonly record struct Message(Kind Kind, int Generation, int At)
    {
        public ulong Bits => (ulong)Kind << 8 | (ulong)(uint)Generation << 4 | (ulong)(uint)At;
    }

    private readonly record struct Key(ulong World, ulong History, ulong RulesHigh, ulong RulesLow);

    private readonly record struct State(
        int Now,
        RotationRules Rules,
        History History,
        int Jar,
        Message A,
        Message B,
        Message C,
        int Stolen,
        int Sent,
        int Used
    )
    {
        public const int Places = 3;

        public Message this[int place] =>
            place switch
            {
                0 => A,
                1 => B,
                _ => C,
            };

        public int FreePlace =>
            A.Kind == Kind.None ? 0
            : B.Kind == Kind.None ? 1
            : C.Kind == Kind.None ? 2
            : -1;

        public Key Key =>
            new(
                A.Bits
                    | B.Bits << 11
                    | C.Bits << 22
                    | (ulong)(uint)Now << 33
                    | (ulong)(uint)Jar << 38
                    | (ulong)(uint)Stolen << 42
                    | (ulong)(uint)Sent << 46
                    | (ulong)(uint)Used << 50,
                History.Bits,
                (ulong)(Rules.Key >> 64),
                (ulong)Rules.Key
            );

        // The places are interchangeable, so their order is normalized.
        public State With(int place, Message message)
        {
            Message a = place == 0 ? message : A,
                b = place == 1 ? message : B,
                c = place == 2 ? message : C;
            if (a.Bits < b.Bits)
                (a, b) = (b, a);
            if (b.Bits < c.Bits)
                (b, c) = (c, b);
            if (a.Bits < b.Bits)
                (a, b) = (b, a);
            return this with { A = a, B = b, C = c };
        }

        public State Presented(int generation) =>
            this with
            {
                Rules = Rules.Presented(generation, Now),
                History = History.Presented(generation, Now),
            };

        public (RefreshOutcome RefreshOutcome, State Next) Spend(int generation)
        {
            (RefreshOutcome outcome, RotationRules next) = Rules.Spend(generation, Now);
            bool used =
                outcome == RefreshOutcome.Tokens && History.SupersededAt(generation) is null;
            return (
                outcome,
                this with
                {
                    Rules = next,
                    History = used ? History.Presented(generation, Now) : History,
                }
            );
        }
    }

    /// <summary>Which generations were used and since when they are superseded, independent of the rules.</summary>
    private readonly record struct History(uint Used, ulong Superseded)
    {
        public ulong Bits => (ulong)Used << 40 | Superseded;

        public bool WasUsed(int generation) => (Used & 1u << generation) != 0;

        public int? SupersededAt(int generation) =>
            (int)(Superseded >> 4 * generation & 15) is > 0 and var at ? at - 1 : null;

        public History Presented(int generation, int now)
        {
            ulong superseded = Superseded;
            for (int older = 1; older < generation; older++)
            {
                if (WasUsed(older) && SupersededAt(older) is null)
                    superseded |= (ulong)(now + 1) << 4 * older;
            }

            return new(Used | 1u << generation, superseded);
        }
    }
}
