using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Tokens;

/// <summary>The kinds of tokens that there are.</summary>
internal sealed class TokenKinds(Secrets secrets, IOptions<ApiSettings> settings)
{
    public TokenKind Access { get; } = new("at+jwt", "session", secrets, settings.Value);

    public TokenKind Refresh { get; } = new("rt+jwt", "refresh", secrets, settings.Value);

    public TokenKind Device { get; } = new("dt+jwt", "device", secrets, settings.Value);

    public TokenKind Login { get; } = new("lt+jwt", "login", secrets, settings.Value);
}
