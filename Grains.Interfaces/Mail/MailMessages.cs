using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>A mail that is to be sent now.</summary>
/// <param name="Id">The mail, among those of its user: random, and the same at every try.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="To">The address that it goes to.</param>
/// <param name="CreatedAt">When it was asked for; of several events in one mail, when the last of them was.</param>
/// <param name="Device">From where that was asked which it tells of, as far as it is known.</param>
/// <param name="Detail">The name of what it is about: a passkey, the new address.</param>
/// <param name="Token">The token of its link, which exists nowhere else; null for a mail without one.</param>
/// <param name="LinkExpiresAt">Until when the link is good; null for a mail without one.</param>
/// <param name="Count">Of how many events it tells.</param>
[GenerateSerializer, Immutable, Alias("outgoing-mail")]
public sealed record OutgoingMail(
    [property: Id(0)] string Id,
    [property: Id(1)] MailKind Kind,
    [property: Id(2)] string To,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] ClientDevice? Device,
    [property: Id(5)] string? Detail,
    [property: Id(6)] Secret? Token,
    [property: Id(7)] DateTimeOffset? LinkExpiresAt = null,
    [property: Id(8)] int Count = 1
);

/// <summary>What became of a try to send a mail.</summary>
[GenerateSerializer, Alias("mail-outcome")]
public enum MailOutcome
{
    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>The server could not be reached, or said to try later.</summary>
    TryLater,

    /// <summary>The server will never take it.</summary>
    Rejected,
}
