using System.Globalization;
using System.Text;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>
/// Every interleaving of a small world: a browser with two tabs whose requests and answers are lost, held up and
/// overtaken, one session, and maybe a thief with a copy of the browser's refresh token. Breadth first, so that the
/// failure that is found is the shortest.
/// </summary>
/// <param name="rules">The rules at the sign-in.</param>
/// <param name="ticks">For how long it is played; the grace is one tick, and what is under way arrives within two or never.</param>
/// <param name="mostRequests">How many requests the browser sends.</param>
/// <param name="thief">Whether there is a thief.</param>
internal sealed class SmallWorld(RotationRules rules, int ticks, int mostRequests, bool thief)
{
    private const int Grace = 1;
    private const int HeldUp = 2;
    private const int MostGenerations = 9;

    private readonly Dictionary<Key, (Key Before, Step Step)> _seen = [];
    private List<State> _next = [];
    private Key _from;
    private Step? _failure;

    /// <summary>How many states there are.</summary>
    public int States => _seen.Count;

    /// <summary>Looks for an honest request that is taken for a thief's, and for a thief who is not found.</summary>
    /// <returns>What leads there, a step a line; null when there is nothing.</returns>
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
                    return Told(failure);
            }

            frontier = _next;
        }

        return null;
    }

    private void Play(State state)
    {
        if (state.Now < ticks)
            Add(new(Happening.Tick), Later(state));
        if (state.FreePlace >= 0 && state.Sent < mostRequests)
        {
            for (Kind kind = Kind.Check; kind <= Kind.StepUpExpired; kind++)
            {
                if (state.Rules.Generation + 2 <= MostGenerations)
                {
                    Flight sent = new(kind, state.Jar, state.Now);
                    Add(
                        new(Happening.Sent, kind, state.Jar),
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
            Flight flight = state[place];
            if (flight.Kind == Kind.None)
                continue;

            State without = state.With(place, default);
            Add(new(Happening.Lost, flight.Kind, flight.Generation), without);
            if (flight.Kind == Kind.Answer)
                Arrive(flight, without);
            else
                Serve(flight, without);
        }

        if (thief)
            Steal(state);
    }

    private static State Later(State state)
    {
        State later = state with { Now = state.Now + 1 };
        for (int place = 0; place < State.Places; place++)
        {
            while (later[place].Kind != Kind.None && later.Now - later[place].At > HeldUp)
                later = later.With(place, default);
        }

        return later;
    }

    private void Arrive(Flight answer, State without)
    {
        // The limit: cookies that are set after the browser has used newer ones.
        if (answer.Generation >= without.Used)
            Add(
                new(Happening.Arrived, Kind.Answer, answer.Generation),
                without with
                {
                    Jar = answer.Generation,
                }
            );
    }

    private void Serve(Flight request, State state)
    {
        int generation = request.Generation;
        bool stepsUp = request.Kind is Kind.StepUp or Kind.StepUpExpired;
        bool hasAccess =
            request.Kind is Kind.Check or Kind.StepUp && generation >= state.Rules.Least;
        State next = state;
        int answer = 0;
        if (hasAccess)
        {
            next = state.CameBack(generation);
        }
        else
        {
            (Worth worth, next) = state.Spend(generation);
            if (worth == Worth.Theft)
                _failure ??= new(Happening.Accused, request.Kind, generation);
            if (worth == Worth.Inheritance)
                _failure ??= new(Happening.Inherited, request.Kind, generation);
            if (worth == Worth.HeldUp)
            {
                Add(new(Happening.HeldUp, request.Kind, generation), next);
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
            new(Happening.Served, request.Kind, generation, answer),
            answer == 0
                ? next
                : next.With(next.FreePlace, new Flight(Kind.Answer, answer, next.Now))
        );
    }

    private void Steal(State state)
    {
        if (state.Stolen == 0)
        {
            Add(new(Happening.Stolen, Kind.None, state.Jar), state with { Stolen = state.Jar });
            return;
        }

        if (
            state.History.SupersededAt(state.Stolen) is { } at
            && state.Now - at >= Grace + HeldUp
            && state.Spend(state.Stolen).Worth != Worth.Theft
        )
            _failure ??= new(Happening.NotFound, Kind.None, state.Stolen);
    }

    private void Add(Step step, State state)
    {
        if (_seen.TryAdd(state.Key, (_from, step)))
            _next.Add(state);
    }

    private string Told(Step failure)
    {
        List<Step> steps = [failure];
        for (Key key = _from; _seen[key].Step.What != Happening.Nothing; key = _seen[key].Before)
            steps.Add(_seen[key].Step);
        steps.Reverse();
        StringBuilder told = new();
        foreach (Step step in steps)
            told.AppendLine(CultureInfo.InvariantCulture, $"{step}");
        return told.ToString();
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

    private enum Happening : byte
    {
        Nothing,
        Tick,
        Sent,
        Lost,
        Arrived,
        Served,
        HeldUp,
        Stolen,
        Accused,
        Inherited,
        NotFound,
    }

    private readonly record struct Step(
        Happening What,
        Kind Kind = Kind.None,
        int Generation = 0,
        int Answer = 0
    );

    private readonly record struct Flight(Kind Kind, int Generation, int At)
    {
        public ulong Bits => (ulong)Kind << 8 | (ulong)(uint)Generation << 4 | (ulong)(uint)At;
    }

    private readonly record struct Key(ulong World, ulong History, ulong RulesHigh, ulong RulesLow);

    private readonly record struct State(
        int Now,
        RotationRules Rules,
        History History,
        int Jar,
        Flight A,
        Flight B,
        Flight C,
        int Stolen,
        int Sent,
        int Used
    )
    {
        public const int Places = 3;

        public Flight this[int place] =>
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

        // The places are alike: their order is no difference.
        public State With(int place, Flight flight)
        {
            Flight a = place == 0 ? flight : A,
                b = place == 1 ? flight : B,
                c = place == 2 ? flight : C;
            if (a.Bits < b.Bits)
                (a, b) = (b, a);
            if (b.Bits < c.Bits)
                (b, c) = (c, b);
            if (a.Bits < b.Bits)
                (a, b) = (b, a);
            return this with { A = a, B = b, C = c };
        }

        public State CameBack(int generation) =>
            this with
            {
                Rules = Rules.CameBack(generation, Now),
                History = History.CameBack(generation, Now),
            };

        public (Worth Worth, State Next) Spend(int generation)
        {
            (Worth worth, RotationRules next) = Rules.Spend(generation, Now);
            bool used = worth == Worth.Tokens && History.SupersededAt(generation) is null;
            return (
                worth,
                this with
                {
                    Rules = next,
                    History = used ? History.CameBack(generation, Now) : History,
                }
            );
        }
    }

    /// <summary>What has really come back and since when it is superseded, whatever the rules remember.</summary>
    private readonly record struct History(uint Came, ulong Superseded)
    {
        public ulong Bits => (ulong)Came << 40 | Superseded;

        public bool HasComeBack(int generation) => (Came & 1u << generation) != 0;

        public int? SupersededAt(int generation) =>
            (int)(Superseded >> 4 * generation & 15) is > 0 and var at ? at - 1 : null;

        public History CameBack(int generation, int now)
        {
            ulong superseded = Superseded;
            for (int older = 1; older < generation; older++)
            {
                if (HasComeBack(older) && SupersededAt(older) is null)
                    superseded |= (ulong)(now + 1) << 4 * older;
            }

            return new(Came | 1u << generation, superseded);
        }
    }
}
