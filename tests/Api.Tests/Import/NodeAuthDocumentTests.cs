using MongoDB.Bson;
using SessionAuth.Cli.Import;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tests.Import;

/// <summary>Documents as bytes, and damaged ones that no driver writes.</summary>
public sealed class NodeAuthDocumentTests
{
    private const string Email = "ada@example.org";

    [Fact]
    public void Document_with_any_byte_changed_is_read_or_refused_with_a_reason()
    {
        byte[] original = NodeAuth
            .User(Email, verified: true, authenticator: "GEZDGNBVGEZDGNBV")
            .ToBson();
        int refused = 0;
        for (int index = 4; index < original.Length - 1; index++)
        {
            foreach (byte value in (byte[])[0x00, 0x01, 0x7f, 0x80, 0xc3, 0xff])
            {
                byte[] changed = [.. original];
                changed[index] = value;
                using RawBsonDocument document = new(changed);

                (ImportedUser? user, Refusal refusal) = NodeAuthDocument.Read(document);

                refused += user is null ? 1 : 0;
                Assert.NotEmpty(refusal.Reason());
            }
        }

        Assert.InRange(refused, original.Length, original.Length * 6);
    }

    [Fact]
    public void First_of_two_members_with_one_name_is_read()
    {
        BsonDocument duplicate = new(allowDuplicateNames: true)
        {
            new BsonElement("email", new BsonDocument("address", Email)),
            new BsonElement("password", NodeAuth.Hash),
            new BsonElement("password", "another"),
        };
        using RawBsonDocument document = new(duplicate.ToBson());

        Assert.Equal(NodeAuth.Hash, NodeAuthDocument.Read(document).User?.PasswordHash.Text);
    }

    [Fact]
    public void Text_of_a_user_contains_no_secret()
    {
        using RawBsonDocument document = new(
            NodeAuth.User(Email, authenticator: "GEZDGNBVGEZDGNBV").ToBson()
        );

        string text = NodeAuthDocument.Read(document).User!.ToString();

        Assert.DoesNotContain("$2b$", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GEZDGNBV", text, StringComparison.Ordinal);
    }
}
