using System.Diagnostics.CodeAnalysis;
using SessionAuth.Domain;

namespace SessionAuth.Api.Email;

/// <summary>The token of an emailed link: the user's id, a dot, and the secret without which the id is worth nothing.</summary>
internal static class MailedLink
{
    private const int UserIdLength = 32;
    private const int LongestToken = 128;

    /// <summary>Reads whose link it is; false when the text is not such a token.</summary>
    public static bool TryParse(string text, out UserId user, [NotNullWhen(true)] out Secret? token)
    {
        bool wellFormed =
            text.Length is > UserIdLength and <= LongestToken && text[UserIdLength] == '.';
        user = default;
        token = null;
        if (!wellFormed || !UserId.TryParse(text[..UserIdLength], out user))
            return false;

        token = new Secret(text);
        return true;
    }
}
