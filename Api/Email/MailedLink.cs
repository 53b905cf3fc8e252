using System.Diagnostics.CodeAnalysis;
using SessionAuth.Domain;

namespace SessionAuth.Api.Email;

/// <summary>The token of a mailed link: the user id, a dot, and a secret.</summary>
internal static class MailedLink
{
    private const int UserIdLength = 32;
    private const int LongestToken = 128;

    /// <summary>Tries to parse a token and get its user id.</summary>
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
