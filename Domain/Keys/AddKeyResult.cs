using System.Diagnostics;

namespace SessionAuth.Domain.Keys;

/// <summary>The result of adding a key to a set.</summary>
public abstract record AddKeyResult
{
    private AddKeyResult() { }

    /// <summary>The key is in the set.</summary>
    /// <param name="Next">The set with the key.</param>
    /// <param name="Key">The key.</param>
    public sealed record Added(KeySet Next, TokenKey Key) : AddKeyResult;

    /// <summary>The set has <see cref="KeySet.MostKeys"/> keys: one has to be removed first.</summary>
    public sealed record TooMany : AddKeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(Func<Added, T> added, Func<TooMany, T> tooMany) =>
        this switch
        {
            Added result => added(result),
            TooMany result => tooMany(result),
            _ => throw new UnreachableException(),
        };
}
