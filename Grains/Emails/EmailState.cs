using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Emails;

/// <summary>Who owns an address, and which mails it has got, as stored.</summary>
public sealed record EmailState
{
    /// <summary>The owner's user id; null when nobody owns the address.</summary>
    public string? UserId { get; init; }

    /// <summary>The mails that count against its budget.</summary>
    public IReadOnlyList<CountedMail> Mails { get; init; } = [];

    /// <summary>When storage may forget an address that nobody owns; null for one that somebody does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A mail that was counted.</summary>
/// <param name="Kind">What it was about.</param>
/// <param name="At">When.</param>
/// <param name="Mail">Which.</param>
public sealed record CountedMail(MailKind Kind, DateTimeOffset At, Guid Mail = default);
