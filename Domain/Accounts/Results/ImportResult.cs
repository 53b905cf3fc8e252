using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What bringing in an account of another system came to.</summary>
public abstract record ImportResult
{
    private ImportResult() { }

    /// <summary>The account exists.</summary>
    public sealed record Imported : ImportResult;

    /// <summary>The email has an owner, which may turn out to be an id under which nobody registered.</summary>
    public sealed record EmailTaken(UserId Owner) : ImportResult;

    /// <summary>The id was used or given up before.</summary>
    public sealed record IdTaken : ImportResult;

    /// <summary>Goes on by what it came to.</summary>
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
