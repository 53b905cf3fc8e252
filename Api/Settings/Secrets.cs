namespace SessionAuth.Api.Settings;

/// <summary>The secrets that cookies and tokens are signed with, each newest first. Never printed.</summary>
internal sealed class Secrets(IReadOnlyList<string> cookies, IReadOnlyList<string> tokens)
{
    public IReadOnlyList<string> Cookies { get; } = cookies;

    public IReadOnlyList<string> Tokens { get; } = tokens;

    public override string ToString() => "[redacted]";
}
