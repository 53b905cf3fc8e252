using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the first half of a sign-in by password came to.</summary>
public abstract record VerifyPasswordResult
{
    private VerifyPasswordResult() { }

    /// <summary>The password is right for this state of the account's secrets.</summary>
    public sealed record Matched(long Stamp) : VerifyPasswordResult;

    /// <summary>There is no such account, or the password is another: never told apart.</summary>
    public sealed record Refused : VerifyPasswordResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : VerifyPasswordResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(Func<Matched, T> matched, Func<Refused, T> refused, Func<Busy, T> busy) =>
        this switch
        {
            Matched result => matched(result),
            Refused result => refused(result),
            Busy result => busy(result),
            _ => throw new UnreachableException(),
        };
}
