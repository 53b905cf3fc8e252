using OpenIddict.Abstractions;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// The emails that applications learn: only once they are verified. Registration is open, and an application must not take
/// an email from somebody who has only typed it.
/// </summary>
internal sealed class UserEmails(IGrainFactory grains)
{
    /// <summary>The user's verified email; null without one, or when the scopes do not ask for it.</summary>
    public async Task<string?> Verified(UserId user, IEnumerable<string> scopes)
    {
        if (!scopes.Contains(OpenIddictConstants.Scopes.Email))
            return null;

        UserProfile? profile = await grains.User(user).Profile();
        return profile is { EmailVerified: true } ? profile.Email : null;
    }
}
