using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the link of a mail to a new address came to.</summary>
public abstract record ConfirmEmailChangeResult
{
    private ConfirmEmailChangeResult() { }

    /// <summary>The account has the new email.</summary>
    public sealed record Changed(string Email) : ConfirmEmailChangeResult;

    /// <summary>The new email has an owner; the link stays good.</summary>
    public sealed record EmailTaken(UserId Owner) : ConfirmEmailChangeResult;

    /// <summary>The link's token is wrong, used, expired or for something else: never told apart.</summary>
    public sealed record LinkRefused : ConfirmEmailChangeResult;

    /// <summary>Goes on by what it came to.</summary>
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
