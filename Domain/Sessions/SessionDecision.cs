namespace SessionAuth.Domain.Sessions;

/// <summary>
/// A decision about a session, not yet carried out. The grain carries it out in this order: store <see cref="Next"/> if
/// <see cref="MustStore"/> is set, perform the effects, return the result. If the write fails, there are no effects and
/// no result.
/// </summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <param name="Result">The result for the caller.</param>
/// <param name="Next">The session after the decision; unchanged if the decision changes nothing.</param>
/// <param name="MustStore">Whether the next state has to be stored before the effects and the result.</param>
/// <param name="Effects">The effects to perform after the write, in order.</param>
public sealed record SessionDecision<TResult>(
    TResult Result,
    Session Next,
    bool MustStore,
    params IReadOnlyList<SessionEffect> Effects
);
