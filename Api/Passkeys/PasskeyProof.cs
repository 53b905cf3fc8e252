using System.Diagnostics;

namespace SessionAuth.Api.Passkeys;

/// <summary>What became of an authenticator's signature.</summary>
/// <typeparam name="TResult">What the account's grain can answer to it.</typeparam>
internal abstract record PasskeyProof<TResult>
{
    private PasskeyProof() { }

    /// <summary>It was verified, and the account's grain has answered.</summary>
    public sealed record Answered(TResult Result) : PasskeyProof<TResult>;

    /// <summary>It is not good, whatever the reason.</summary>
    public sealed record Refused : PasskeyProof<TResult>;

    /// <summary>It is good, but whether the passkey may be backed up is not as it was when it was added.</summary>
    public sealed record OfAnotherKind : PasskeyProof<TResult>;

    /// <summary>Goes on by what became of it.</summary>
    public T Match<T>(Func<TResult, T> answered, Func<T> refused, Func<T> ofAnotherKind) =>
        this switch
        {
            Answered answer => answered(answer.Result),
            Refused => refused(),
            OfAnotherKind => ofAnotherKind(),
            _ => throw new UnreachableException(),
        };
}
