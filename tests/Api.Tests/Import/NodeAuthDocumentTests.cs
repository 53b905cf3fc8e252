using MongoDB.Bson;
using SessionAuth.Api.Import;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tests.Import;

/// <summary>Bytes that no driver writes.</summary>
public sealed class NodeAuthDocumentTests
{
    private const string Address = "ada@example.org";

    [Fact]
    public void No_change_of_its_bytes_makes_a_document_another_kind_of_failure()
    {
        byte[] whole = NodeAuth
            .User(Address, verified: true, authenticator: "GEZDGNBVGEZDGNBV")
            .ToBson();
        int refused = 0;
        for (int at = 4; at < whole.Length - 1; at++)
        {
            foreach (byte value in (byte[])[0x00, 0x01, 0x7f, 0x80, 0xc3, 0xff])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                using RawBsonDocument document = new(changed);

                (ImportedUser? user, Refusal why) = NodeAuthDocument.Read(document);

                refused += user is null ? 1 : 0;
                Assert.NotEmpty(why.Sentence());
            }
        }

        Assert.InRange(refused, whole.Length, whole.Length * 6);
    }

    [Fact]
    public void Of_two_members_of_one_name_the_first_counts()
    {
        BsonDocument doubled = new(allowDuplicateNames: true)
        {
            new BsonElement("email", new BsonDocument("address", Address)),
            new BsonElement("password", NodeAuth.Hash),
            new BsonElement("password", "another"),
        };
        using RawBsonDocument document = new(doubled.ToBson());

        Assert.Equal(NodeAuth.Hash, NodeAuthDocument.Read(document).User?.PasswordHash.Text);
    }

    [Fact]
    public void Nothing_secret_is_in_the_text_of_a_user()
    {
        using RawBsonDocument document = new(
            NodeAuth.User(Address, authenticator: "GEZDGNBVGEZDGNBV").ToBson()
        );

        string text = NodeAuthDocument.Read(document).User!.ToString();

        Assert.DoesNotContain("$2b$", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GEZDGNBV", text, StringComparison.Ordinal);
    }
}
