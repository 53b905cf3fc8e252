namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>Keeps the emails of an embedded node without an SMTP server in memory, shown at <c>/dev/mail</c>.</summary>
/// <remarks>A single grain with the key <see cref="Key"/>, which keeps the last 100 emails.</remarks>
[Alias("development-mailbox")]
public interface IDevelopmentMailboxGrain : IGrainWithStringKey
{
    /// <summary>The grain key.</summary>
    const string Key = "development";

    /// <summary>Adds an email.</summary>
    [Alias("put")]
    Task Put(DevelopmentMail mail);

    /// <summary>The emails, latest first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<DevelopmentMail>> List();
}

/// <summary>An email in the mailbox. Its text contains secrets.</summary>
/// <param name="To">The recipient.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Link">Its link; null without one.</param>
/// <param name="At">When it was sent.</param>
[GenerateSerializer, Immutable, Alias("development-mail")]
public sealed record DevelopmentMail(
    [property: Id(0)] string To,
    [property: Id(1)] string Subject,
    [property: Id(2)] string Text,
    [property: Id(3)] string Html,
    [property: Id(4)] string? Link,
    [property: Id(5)] DateTimeOffset At
);
