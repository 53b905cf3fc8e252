using System.Linq.Expressions;

namespace SessionAuth.Providers;

/// <summary>
/// What a storage needs to know about its states: which member expires, is scheduled or is looked up. It is declared
/// once, beside the states, for all providers.
/// </summary>
/// <param name="states">The kinds of state with such members.</param>
public sealed class StateModel(params IEnumerable<StateDescription> states)
{
    private readonly Dictionary<string, StateDescription> _states = states.ToDictionary(
        state => state.Name,
        StringComparer.Ordinal
    );

    /// <summary>A model in which no state expires, is scheduled or is looked up.</summary>
    public static StateModel Empty { get; } = new();

    /// <summary>
    /// The default of how long a state is retained after its expiry, for clock drift and for inquiries.
    /// </summary>
    public static TimeSpan DefaultExpiryMargin { get; } = TimeSpan.FromDays(1);

    /// <summary>The kinds of state, in no particular order.</summary>
    public IReadOnlyCollection<StateDescription> States => _states.Values;

    /// <summary>The kind with this state name; one without special members if the model does not have it.</summary>
    public StateDescription this[string name] =>
        _states.TryGetValue(name, out StateDescription? state) ? state : new(name);
}

/// <summary>
/// One kind of state. Members are named as in code; a provider applies its serializer's naming policy.
/// </summary>
/// <param name="Name">The state name, which names its collection or table.</param>
/// <param name="Expires">The member with the time after which the state may be deleted; null for none.</param>
/// <param name="Scheduled">The member with the time of the next <see cref="IScheduledWork"/>; null for none.</param>
/// <param name="LookedUp">
/// Members that operators search by in a shared database. The program itself reads states only by key.
/// </param>
public sealed record StateDescription(
    string Name,
    string? Expires = null,
    string? Scheduled = null,
    params IReadOnlyList<string> LookedUp
)
{
    /// <summary>
    /// Describes a kind of state by expressions, so that the compiler finds a renamed or retyped member.
    /// </summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="name">The state name.</param>
    /// <param name="expires">The time after which the state may be deleted.</param>
    /// <param name="scheduled">The time of the next scheduled work.</param>
    /// <param name="lookedUp">The members that operators search by.</param>
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
