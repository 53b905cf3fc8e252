using System.Diagnostics;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

/// <summary>The result of verifying or choosing a password.</summary>
internal abstract record PasswordCheck
{
    private PasswordCheck() { }

    /// <summary>The check was made. The ticket says whether the password was right.</summary>
    public sealed record Passed(PasswordTicket Ticket) : PasswordCheck;

    /// <summary>The new password violates the password policy.</summary>
    public sealed record Refused(PasswordViolation Violation) : PasswordCheck;

    /// <summary>The hashing is overloaded; nothing was verified.</summary>
    public sealed record Overloaded : PasswordCheck;

    /// <summary>Calls the function for the case.</summary>
    public T Match<T>(
        Func<Passed, T> passed,
        Func<Refused, T> refused,
        Func<Overloaded, T> overloaded
    ) =>
        this switch
        {
            Passed result => passed(result),
            Refused result => refused(result),
            Overloaded result => overloaded(result),
            _ => throw new UnreachableException(),
        };
}
