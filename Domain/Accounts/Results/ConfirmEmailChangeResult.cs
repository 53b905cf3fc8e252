using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of confirming an email change.</summary>
public abstract record ConfirmEmailChangeResult
{
    private ConfirmEmailChangeResult() { }

    /// <summary>The account's email was changed.</summary>
    public sealed record Changed(string Email) : ConfirmEmailChangeResult;

    /// <summary>The new email is taken by another account. The link remains valid.</summary>
    public sealed record EmailTaken(UserId Owner, string Email) : ConfirmEmailChangeResult;

    /// <summary>
    /// The link token is wrong, used, expired or for another purpose. These cases are not distinguished.
    /// </summary>
    public sealed record LinkRefused : ConfirmEmailChangeResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Changed, T> changed,
        Func<EmailTaken, T> emailTaken,
        Func<LinkRefused, T> linkRefused
    ) =>
        this switch
        {
            Changed result => changed(result),
            EmailTaken result => emailTaken(result),
            LinkRefused result => linkRefused(result),
            _ => throw new UnreachableException(),
        };
}
