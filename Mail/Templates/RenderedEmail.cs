namespace SessionAuth.Mail.Templates;

/// <summary>An email with its text and HTML, ready to send.</summary>
/// <param name="Id">Unique, and the same at every attempt, so that mail programs recognise a duplicate.</param>
/// <param name="To">The recipient.</param>
/// <param name="At">When it was requested.</param>
/// <param name="Subject">The subject. It contains no user input.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Link">The link in both parts; null when there is none.</param>
internal sealed record RenderedEmail(
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
