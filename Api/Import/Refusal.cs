namespace SessionAuth.Api.Import;

/// <summary>Why a document makes no user.</summary>
internal enum Refusal
{
    Unreadable,
    NoAddress,
    BadAddress,
    DoubledAddress,
    BadVerified,
    NoPassword,
    BadPassword,
    CostlyPassword,
    BadAuthenticator,
    Contended,
}

internal static class Refusals
{
    /// <summary>The reason, for the person who runs the import.</summary>
    public static string Sentence(this Refusal refusal) =>
        refusal switch
        {
            Refusal.Unreadable => "the document cannot be read",
            Refusal.NoAddress => "email.address is missing, or no text",
            Refusal.BadAddress => "email.address is no e-mail address",
            Refusal.DoubledAddress =>
                "another document, verified or before it by _id, has the same address",
            Refusal.BadVerified => "email.verified is neither true nor false",
            Refusal.NoPassword => "password is missing, or no text",
            Refusal.BadPassword => "password is no hash of bcrypt",
            Refusal.CostlyPassword => "password is a hash of bcrypt with a cost above 14",
            Refusal.BadAuthenticator => "authenticator is no secret in base32 of 80 bits or more",
            Refusal.Contended => "others registered with the address meanwhile; run it again",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
}
