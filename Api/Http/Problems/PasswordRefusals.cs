using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Http.Problems;

/// <summary>The sentence that says why a new password is refused and what to do.</summary>
internal static class PasswordRefusals
{
    public static string Sentence(PasswordRefused refused) =>
        refused.Refusal switch
        {
            PasswordRefusal.TooShort => $"Too short: use at least {refused.Limit} characters.",
            PasswordRefusal.TooLong => $"Too long: use at most {refused.Limit} characters.",
            PasswordRefusal.Common =>
                "Too common: it is among the first that a guesser tries. Choose another.",
            PasswordRefusal.LikeTheAddress => "This is your e-mail address. Choose another.",
            PasswordRefusal.LikeTheService => "This is the name of this service. Choose another.",
            PasswordRefusal.Breached =>
                "This password has come out in a breach elsewhere, and guessers have it. Choose another.",
            _ => "Choose another.",
        };
}
