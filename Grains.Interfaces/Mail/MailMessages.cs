using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>An email to be sent.</summary>
/// <param name="Id">Random, unique among those of the user, and the same at every attempt.</param>
/// <param name="Kind">Its kind, which selects the template.</param>
/// <param name="To">The recipient.</param>
/// <param name="CreatedAt">When it was requested; with several events, the time of the last.</param>
/// <param name="Device">The device that caused it; null when unknown.</param>
/// <param name="Detail">The subject of the event, such as a passkey's name or the new email; null without one.</param>
/// <param name="Token">The link token, which is stored nowhere; null without a link.</param>
/// <param name="LinkExpiresAt">When the link expires; null without a link.</param>
/// <param name="Count">The number of events that it notifies of.</param>
/// <param name="Method">The second factor that it is about.</param>
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
    [property: Id(8)] int Count = 1,
    [property: Id(9)] AuthenticationMethod? Method = null
);

/// <summary>The outcome of an attempt to send an email.</summary>
[GenerateSerializer, Alias("mail-outcome")]
public enum MailOutcome
{
    /// <summary>The server has accepted it.</summary>
    Sent,

    /// <summary>The server could not be reached, or answered with a temporary failure.</summary>
    TryLater,

    /// <summary>The server refused it permanently, or the recipient is not valid in a message.</summary>
    Rejected,
}
