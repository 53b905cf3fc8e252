using MongoDB.Bson;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Cli.Import;

/// <summary>Parses a document of node-auth's collection <c>user</c>. Its content is untrusted.</summary>
internal static class NodeAuthDocument
{
    // node-auth's library makes secrets of 80 bits; HMAC hashes a key that is longer than a block.
    private const int MinSecretCharacters = 16;
    private const int MaxSecretCharacters = 128;

    /// <summary>The user; or null, and the reason.</summary>
    public static (ImportedUser? User, Refusal Why) Read(RawBsonDocument document)
    {
        try
        {
            return ReadFields(document);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A raw document is parsed when its fields are read, and the driver throws many kinds of exceptions for
            // malformed bytes.
            return (null, Refusal.Unreadable);
        }
    }

    private static (ImportedUser?, Refusal) ReadFields(RawBsonDocument document)
    {
        if (
            !document.TryGetValue("email", out BsonValue email)
            || email is not BsonDocument fields
            || !fields.TryGetValue("address", out BsonValue address)
            || address is not BsonString { Value: var typed }
        )
            return (null, Refusal.NoEmail);
        if (!EmailAddress.TryParse(typed, out EmailAddress? canonical))
            return (null, Refusal.BadEmail);

        bool verified = false;
        if (fields.TryGetValue("verified", out BsonValue flag))
        {
            if (flag is not BsonBoolean { Value: var value })
                return (null, Refusal.BadVerified);
            verified = value;
        }

        if (
            !document.TryGetValue("password", out BsonValue password)
            || password is not BsonString { Value: var hashed }
        )
            return (null, Refusal.NoPassword);
        if (!BcryptHash.TryParse(hashed, out BcryptHash hash))
            return (null, Refusal.BadPassword);
        if (!hash.HasAcceptableCost)
            return (null, Refusal.CostlyPassword);

        if (!TrySecret(document, out Secret? secret))
            return (null, Refusal.BadAuthenticator);

        return (
            new ImportedUser(
                canonical.Value,
                verified,
                new Secret(hash.Text),
                secret,
                InsteadOf: null
            ),
            default
        );
    }

    // A falsy value in JavaScript is no second factor in node-auth. A factor that cannot be read must not be dropped.
    private static bool TrySecret(RawBsonDocument document, out Secret? secret)
    {
        secret = null;
        if (
            !document.TryGetValue("authenticator", out BsonValue authenticator)
            || authenticator is BsonNull or BsonUndefined or BsonString { Value: "" }
        )
            return true;
        if (authenticator is not BsonString { Value: { Length: <= MaxSecretCharacters } typed })
            return false;

        string text = typed.TrimEnd('=').ToUpperInvariant();
        if (text.Length < MinSecretCharacters || !text.All(IsBase32) || !IsWhole(text.Length))
            return false;

        secret = new(text);
        return true;
    }

    private static bool IsBase32(char c) => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7');

    // Base32 has five bits per character: some lengths do not encode whole bytes.
    private static bool IsWhole(int characters) => characters % 8 is 0 or 2 or 4 or 5 or 7;
}
