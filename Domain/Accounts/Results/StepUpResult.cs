using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of a step-up with a password.</summary>
public abstract record StepUpResult
{
    private StepUpResult() { }

    /// <summary>The session was re-authenticated and has new tokens.</summary>
    public sealed record Proved(SessionTokens Tokens) : StepUpResult;

    /// <summary>The password is wrong.</summary>
    public sealed record WrongPassword : StepUpResult;

    /// <summary>The code is wrong or was used before.</summary>
    public sealed record WrongCode(AuthenticationMethod Method) : StepUpResult;

    /// <summary>The presented methods are not sufficient. Any one of the accepted combinations is.</summary>
    public sealed record NotEnough(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : StepUpResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : StepUpResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : StepUpResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
