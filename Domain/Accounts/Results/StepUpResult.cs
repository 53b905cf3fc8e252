using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a step-up by password came to.</summary>
public abstract record StepUpResult
{
    private StepUpResult() { }

    /// <summary>The session has a fresh proof and new tokens.</summary>
    public sealed record Proved(SessionGrant Grant) : StepUpResult;

    /// <summary>The password is not right.</summary>
    public sealed record WrongPassword : StepUpResult;

    /// <summary>The code is not right, or was used before.</summary>
    public sealed record WrongCode(AuthenticationMethod Method) : StepUpResult;

    /// <summary>What was given is not enough. Any one of the ways would do.</summary>
    public sealed record NotEnough(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : StepUpResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : StepUpResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : StepUpResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Proved, T> proved,
        Func<WrongPassword, T> wrongPassword,
        Func<WrongCode, T> wrongCode,
        Func<NotEnough, T> notEnough,
        Func<Busy, T> busy,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Proved result => proved(result),
            WrongPassword result => wrongPassword(result),
            WrongCode result => wrongCode(result),
            NotEnough result => notEnough(result),
            Busy result => busy(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
