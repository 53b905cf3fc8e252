namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>Where mails go when one process runs everything and no server for mail is set: kept in memory, to be read at <c>/dev/mail</c>.</summary>
/// <remarks>There is one; its key is <see cref="Key"/>. It keeps the last 100 mails.</remarks>
[Alias("development-mailbox")]
public interface IDevelopmentMailboxGrain : IGrainWithStringKey
{
    /// <summary>The key of the one mailbox.</summary>
    const string Key = "development";

    /// <summary>Puts a mail in.</summary>
    [Alias("put")]
    Task Put(DevelopmentMail mail);

    /// <summary>The mails, latest first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<DevelopmentMail>> List();
}

/// <summary>A mail as its reader gets it. Its text holds secrets.</summary>
/// <param name="To">The address that it went to.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Link">The link in it, where there is one.</param>
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
