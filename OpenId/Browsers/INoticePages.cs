using Microsoft.AspNetCore.Http;

namespace SessionAuth.OpenId.Browsers;

/// <summary>Pages for people whose request goes nowhere else, in the look of the sign-in pages.</summary>
public interface INoticePages
{
    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="notice">What it says.</param>
    Task Write(HttpContext context, Notice notice);
}

/// <summary>What a page says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The title, as plain text.</param>
/// <param name="Text">The text, as plain text.</param>
public sealed record Notice(int Status, string Title, string Text)
{
    /// <summary>The address of the link below the text; null for none. Never taken from the request of a client.</summary>
    public string? Link { get; init; }

    /// <summary>The words of the link.</summary>
    public string LinkText { get; init; } = "";
}
