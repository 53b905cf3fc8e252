using System.Diagnostics;

namespace SessionAuth.UseCases.Throttling;

/// <summary>The result of a throttled attempt.</summary>
/// <typeparam name="TResult">The result of the attempt itself.</typeparam>
public abstract record ThrottledResult<TResult>
{
    private ThrottledResult() { }

    /// <summary>The attempt was made.</summary>
    public sealed record Answered(TResult Result) : ThrottledResult<TResult>;

    /// <summary>
    /// Throttled: the secret was not verified. <paramref name="Wait"/> is the time until the next attempt.
    /// </summary>
    public sealed record Throttled(TimeSpan Wait) : ThrottledResult<TResult>;

    /// <summary>The hashing is overloaded: the secret was not verified.</summary>
    public sealed record Overloaded : ThrottledResult<TResult>;

    /// <summary>Calls the function for the case.</summary>
    public T Match<T>(
        Func<Answered, T> answered,
        Func<Throttled, T> throttled,
        Func<Overloaded, T> overloaded
    ) =>
        this switch
        {
            Answered result => answered(result),
            Throttled result => throttled(result),
            Overloaded result => overloaded(result),
            _ => throw new UnreachableException(),
        };
}
