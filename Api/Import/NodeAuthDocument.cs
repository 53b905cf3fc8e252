using MongoDB.Bson;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Import;

/// <summary>A document of node-auth's collection <c>user</c>. Anything may be in it: nothing is taken on trust.</summary>
internal static class NodeAuthDocument
{
    // 80 bits are what the other system's library makes; what is longer than a hash's block is hashed first.
    private const int LeastSecretCharacters = 16;
    private const int MostSecretCharacters = 128;

    /// <summary>The user; or null, and why.</summary>
    public static (ImportedUser? User, Refusal Why) Read(RawBsonDocument document)
    {
        try
        {
            return ReadFields(document);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What lies in the bytes of a document shows when its fields are looked for; the reader has no end of
            // exceptions for that.
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
            return (null, Refusal.NoAddress);
        if (!EmailAddress.TryParse(typed, out EmailAddress? canonical))
            return (null, Refusal.BadAddress);

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
        if (!hash.IsBearable)
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

    // What JavaScript takes for false is no second factor there. A factor that cannot be read must not be dropped.
    private static bool TrySecret(RawBsonDocument document, out Secret? secret)
    {
        secret = null;
        if (
            !document.TryGetValue("authenticator", out BsonValue authenticator)
            || authenticator is BsonNull or BsonUndefined or BsonString { Value: "" }
        )
            return true;
        if (authenticator is not BsonString { Value: { Length: <= MostSecretCharacters } typed })
            return false;

        string text = typed.TrimEnd('=').ToUpperInvariant();
        if (text.Length < LeastSecretCharacters || !text.All(IsBase32) || !IsWhole(text.Length))
            return false;

        secret = new(text);
        return true;
    }

    private static bool IsBase32(char c) => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7');

    // Five bits a character: some counts of characters are those of no count of bytes.
    private static bool IsWhole(int characters) => characters % 8 is 0 or 2 or 4 or 5 or 7;
}
