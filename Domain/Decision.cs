namespace SessionAuth.Domain;

/// <summary>
/// What a rule has decided: a value, and nothing of it has happened yet. Whoever holds the state carries it out in this
/// order: store <see cref="Next"/> where it <see cref="MustStore"/>, perform the effects, answer the result. When storing
/// fails, there are no effects and no result.
/// </summary>
/// <typeparam name="TState">The state that the rule decides about, an immutable value.</typeparam>
/// <typeparam name="TEffect">What its holder can be asked to do besides storing it: a closed set.</typeparam>
/// <typeparam name="TResult">The answer.</typeparam>
/// <param name="Result">The answer to the caller.</param>
/// <param name="Next">The state after the decision; the same as before where nothing changes.</param>
/// <param name="MustStore">Whether the next state has to be durable before anything else happens.</param>
/// <param name="Effects">What is to be done once it is durable, in this order.</param>
public sealed record Decision<TState, TEffect, TResult>(
    TResult Result,
    TState Next,
    bool MustStore,
    params IReadOnlyList<TEffect> Effects
);
