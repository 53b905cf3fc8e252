using System.Linq.Expressions;

namespace SessionAuth.Providers;

/// <summary>
/// What a storage has to know about the states that it keeps: which member expires, is scheduled or is looked up. The
/// code that defines the states says it once; every provider reads it.
/// </summary>
/// <param name="states">The kinds of state that have such members.</param>
public sealed class StateModel(params IEnumerable<StateDescription> states)
{
    private readonly Dictionary<string, StateDescription> _states = states.ToDictionary(
        state => state.Name,
        StringComparer.Ordinal
    );

    /// <summary>No state expires, is scheduled or is looked up.</summary>
    public static StateModel Empty { get; } = new();

    /// <summary>
    /// How long a state is kept after its expiry where a provider is not told otherwise, for clocks that differ and for
    /// people who ask what happened.
    /// </summary>
    public static TimeSpan DefaultExpiryMargin { get; } = TimeSpan.FromDays(1);

    /// <summary>The kinds of state, in no order.</summary>
    public IReadOnlyCollection<StateDescription> States => _states.Values;

    /// <summary>The kind with this state name; one without special members where the model has none.</summary>
    public StateDescription this[string name] =>
        _states.TryGetValue(name, out StateDescription? state) ? state : new(name);
}

/// <summary>One kind of state. Its members are named as in code; a provider writes them as its serializer does.</summary>
/// <param name="Name">The state name: that of its collection or table.</param>
/// <param name="Expires">The member with the time after which the state may be deleted; null where there is none.</param>
/// <param name="Scheduled">The member with the time of the next scheduled work (<see cref="IScheduledWork"/>); null where there is none.</param>
/// <param name="LookedUp">
/// Members that operators search by in a shared database. The program finds states by their keys alone.
/// </param>
public sealed record StateDescription(
    string Name,
    string? Expires = null,
    string? Scheduled = null,
    params IReadOnlyList<string> LookedUp
)
{
    /// <summary>Describes a kind of state by its type, so that a renamed or retyped member does not compile.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="name">The state name.</param>
    /// <param name="expires">The time after which the state may be deleted.</param>
    /// <param name="scheduled">The time of the next scheduled work.</param>
    /// <param name="lookedUp">What operators search by.</param>
    public static StateDescription Of<TState>(
        string name,
        Expression<Func<TState, DateTimeOffset?>>? expires = null,
        Expression<Func<TState, DateTimeOffset?>>? scheduled = null,
        params Expression<Func<TState, string?>>[] lookedUp
    ) =>
        new(
            name,
            expires is null ? null : Member(expires.Body),
            scheduled is null ? null : Member(scheduled.Body),
            [.. lookedUp.Select(member => Member(member.Body))]
        );

    private static string Member(Expression body) =>
        body switch
        {
            MemberExpression { Expression: ParameterExpression, Member.Name: var name } => name,
            UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } => Member(
                operand
            ),
            _ => throw new ArgumentException("Only a member of the state itself can be named."),
        };
}
