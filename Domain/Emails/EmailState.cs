using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Emails;

/// <summary>The stored state of an email: its owner, and the recent messages sent to it. Immutable.</summary>
public sealed record EmailState
{
    /// <summary>The owner's user id; null when the email is not claimed.</summary>
    public string? UserId { get; init; }

    /// <summary>The messages that count against the rate limit.</summary>
    public IReadOnlyList<CountedMail> Mails { get; init; } = [];

    /// <summary>When storage may delete the state of an unclaimed email; null while it is claimed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The owner; null when the email is not claimed.</summary>
    public UserId? Owner() => UserId is { } owner ? Domain.UserId.Parse(owner) : null;

    /// <summary>Whether the state is empty and need not be stored.</summary>
    public bool HasNothing() => UserId is null && Mails.Count == 0;

    /// <summary>Claims the email for a user; null when another user owns it.</summary>
    /// <param name="user">The user that claims the email.</param>
    /// <param name="insteadOf">A previous owner that is known to have released the email; null if none.</param>
    /// <param name="now">The time.</param>
    public EmailState? Claimed(UserId user, UserId? insteadOf, DateTimeOffset now) =>
        Owner() is { } owner && owner != insteadOf
            ? null
            : new() { UserId = user.Value, Mails = [.. Mails.StillCounting(now)] };

    /// <summary>Releases the email; null when this user does not own it. Messages already sent still count.</summary>
    public EmailState? Released(UserId user, DateTimeOffset now) =>
        Owner() == user ? Counting([.. Mails.StillCounting(now)], null, now) : null;

    /// <summary>Counts a message against the rate limit. Idempotent for one message id.</summary>
    /// <returns>Whether the message may be sent, and the state to store; null when nothing changes.</returns>
    public (bool MayBeSent, EmailState? Next) Count(MailKind kind, Guid mail, DateTimeOffset now)
    {
        IReadOnlyList<CountedMail> counted = [.. Mails.StillCounting(now)];
        if (counted.Any(known => known.Mail == mail))
            return (true, null);
        return counted.Allows(kind, now)
            ? (true, Counting(counted.With(kind, now, mail), UserId, now))
            : (false, null);
    }

    private static EmailState Counting(
        IReadOnlyList<CountedMail> mails,
        string? owner,
        DateTimeOffset now
    ) =>
        new()
        {
            UserId = owner,
            Mails = mails,
            ExpiresAt = owner is null ? now + MailBudget.Window : null,
        };
}

/// <summary>A message that counts against the rate limit.</summary>
/// <param name="Kind">The kind of message.</param>
/// <param name="At">When it was counted.</param>
/// <param name="Mail">The message id.</param>
public sealed record CountedMail(MailKind Kind, DateTimeOffset At, Guid Mail = default);
