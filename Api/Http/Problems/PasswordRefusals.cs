using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Http.Problems;

/// <summary>The validation messages for rejected passwords.</summary>
internal static class PasswordRefusals
{
    public static string Sentence(PasswordRefusal reason, int limit) =>
        reason switch
        {
            PasswordRefusal.TooShort => $"Too short: use at least {limit} characters.",
            PasswordRefusal.TooLong => $"Too long: use at most {limit} characters.",
            PasswordRefusal.Common => "Too common and easy to guess. Choose another password.",
            PasswordRefusal.LikeTheEmail => "This is your email. Choose another password.",
            PasswordRefusal.LikeTheService => "This is the name of this service. Choose another.",
            PasswordRefusal.Breached => "This password appeared in a data breach. Choose another.",
        };
}
