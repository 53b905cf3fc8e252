namespace SessionAuth.Grains.Mail;

/// <summary>A mail in words, ready to be sent.</summary>
/// <param name="Id">The same at every try, and no other mail's: what its reader's program knows a repeated one by.</param>
/// <param name="To">The address that it goes to.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Subject">The subject. Nothing in it is a person's.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Link">The link in both; null where there is none.</param>
internal sealed record MailLetter(
    string Id,
    string To,
    DateTimeOffset At,
    string Subject,
    string Text,
    string Html,
    string? Link
)
{
    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
