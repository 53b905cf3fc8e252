using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of importing an account.</summary>
public abstract record ImportResult
{
    private ImportResult() { }

    /// <summary>The account exists.</summary>
    public sealed record Imported : ImportResult;

    /// <summary>The email is claimed, possibly by an id that never completed its registration.</summary>
    public sealed record EmailTaken(UserId Owner) : ImportResult;

    /// <summary>The id is already used or was released.</summary>
    public sealed record IdTaken : ImportResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Imported, T> imported,
        Func<EmailTaken, T> emailTaken,
        Func<IdTaken, T> idTaken
    ) =>
        this switch
        {
            Imported result => imported(result),
            EmailTaken result => emailTaken(result),
            IdTaken result => idTaken(result),
            _ => throw new UnreachableException(),
        };
}
