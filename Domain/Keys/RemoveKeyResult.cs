using System.Diagnostics;

namespace SessionAuth.Domain.Keys;

/// <summary>The result of removing a key from a set.</summary>
public abstract record RemoveKeyResult
{
    private RemoveKeyResult() { }

    /// <summary>The key was removed.</summary>
    /// <param name="Next">The set without the key.</param>
    public sealed record Removed(KeySet Next) : RemoveKeyResult;

    /// <summary>The set has no key with this id.</summary>
    public sealed record NotFound : RemoveKeyResult;

    /// <summary>The key signs: it can be removed once another one does.</summary>
    public sealed record Signing : RemoveKeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Removed, T> removed,
        Func<NotFound, T> notFound,
        Func<Signing, T> signing
    ) =>
        this switch
        {
            Removed result => removed(result),
            NotFound result => notFound(result),
            Signing result => signing(result),
            _ => throw new UnreachableException(),
        };
}
