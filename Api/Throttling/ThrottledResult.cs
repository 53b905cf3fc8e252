using System.Diagnostics;

namespace SessionAuth.Api.Throttling;

/// <summary>What became of a try at a secret.</summary>
/// <typeparam name="TResult">What the try can come to.</typeparam>
internal abstract record ThrottledResult<TResult>
{
    private ThrottledResult() { }

    /// <summary>It was made.</summary>
    public sealed record Answered(TResult Result) : ThrottledResult<TResult>;

    /// <summary>There were too many tries: nothing was looked at, and the next may be made after this time.</summary>
    public sealed record HeldOff(TimeSpan Wait) : ThrottledResult<TResult>;

    /// <summary>Too many passwords wait to be hashed: nothing was looked at.</summary>
    public sealed record Overloaded : ThrottledResult<TResult>;

    /// <summary>Goes on by what became of it.</summary>
    public T Match<T>(Func<TResult, T> answered, Func<TimeSpan, T> heldOff, Func<T> overloaded) =>
        this switch
        {
            Answered answer => answered(answer.Result),
            HeldOff held => heldOff(held.Wait),
            Overloaded => overloaded(),
            _ => throw new UnreachableException(),
        };
}
