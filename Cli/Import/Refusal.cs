namespace SessionAuth.Cli.Import;

/// <summary>Why a document cannot be imported.</summary>
internal enum Refusal
{
    Unreadable,
    NoEmail,
    BadEmail,
    DuplicateEmail,
    BadVerified,
    NoPassword,
    BadPassword,
    CostlyPassword,
    BadAuthenticator,
    Contended,
}

internal static class Refusals
{
    /// <summary>The reason, for the operator.</summary>
    public static string Reason(this Refusal refusal) =>
        refusal switch
        {
            Refusal.Unreadable => "the document cannot be read",
            Refusal.NoEmail => "email.address is missing or not a string",
            Refusal.BadEmail => "email.address is not an email address",
            Refusal.DuplicateEmail =>
                "another document, verified or with a lower _id, has the same email",
            Refusal.BadVerified => "email.verified is neither true nor false",
            Refusal.NoPassword => "password is missing or not a string",
            Refusal.BadPassword => "password is not a bcrypt hash",
            Refusal.CostlyPassword => "password is a bcrypt hash with a cost above 14",
            Refusal.BadAuthenticator => "authenticator is not a base32 secret of 80 bits or more",
            Refusal.Contended => "the email was registered meanwhile; run the import again",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
}
