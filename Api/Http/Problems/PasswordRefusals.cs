using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Http.Problems;

/// <summary>The sentence that says why a new password is refused and what to do.</summary>
internal static class PasswordRefusals
{
    public static string Sentence(PasswordRefusal reason, int limit) =>
        reason switch
        {
            PasswordRefusal.TooShort => $"Too short: use at least {limit} characters.",
            PasswordRefusal.TooLong => $"Too long: use at most {limit} characters.",
            PasswordRefusal.Common =>
                "Too common: it is among the first that a guesser tries. Choose another.",
            PasswordRefusal.LikeTheAddress => "This is your e-mail address. Choose another.",
            PasswordRefusal.LikeTheService => "This is the name of this service. Choose another.",
            PasswordRefusal.Breached =>
                "This password has come out in a breach elsewhere, and guessers have it. Choose another.",
        };
}
