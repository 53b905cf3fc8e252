using System.Text;
using System.Text.Json;
using MongoDB.Bson;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Import;

/// <summary>Documents that node-auth would not write: each is refused, and the others are imported.</summary>
[Collection(OnNodeAuth.Name)]
public sealed class MalformedDocumentTests(NodeAuth nodeAuth, ITestOutputHelper output)
    : IDisposable
{
    private readonly TargetData _data = new();

    public void Dispose() => _data.Dispose();

    public static TheoryData<string, string> Documents =>
        new()
        {
            { "{}", "email.address is missing" },
            { "{email: null, password: HASH}", "email.address is missing" },
            { "{email: 'ada@example.org', password: HASH}", "email.address is missing" },
            { "{email: {verified: true}, password: HASH}", "email.address is missing" },
            { "{email: {address: 7}, password: HASH}", "email.address is missing" },
            {
                "{email: {address: ['ada@example.org']}, password: HASH}",
                "email.address is missing"
            },
            {
                "{email: [{address: 'ada@example.org'}], password: HASH}",
                "email.address is missing"
            },
            { "{email: {address: {'$gt': ''}}, password: HASH}", "email.address is missing" },
            { "{email: {address: ''}, password: HASH}", "not an email address" },
            { "{email: {address: 'ada'}, password: HASH}", "not an email address" },
            { "{email: {address: 'ada@localhost'}, password: HASH}", "not an email address" },
            {
                "{email: {address: 'ada\\u0000@example.org'}, password: HASH}",
                "not an email address"
            },
            {
                "{email: {address: 'ada@exam\\u0000ple.org'}, password: HASH}",
                "not an email address"
            },
            {
                "{email: {address: 'ada\\nBcc: x@example.org'}, password: HASH}",
                "not an email address"
            },
            { "{email: {address: HUGE}, password: HASH}", "not an email address" },
            {
                "{email: {address: ADA, verified: 'true'}, password: HASH}",
                "neither true nor false"
            },
            { "{email: {address: ADA, verified: 1}, password: HASH}", "neither true nor false" },
            {
                "{email: {address: ADA, verified: {'$ne': false}}, password: HASH}",
                "neither true nor false"
            },
            { "{email: {address: ADA}}", "password is missing" },
            { "{email: {address: ADA}, password: null}", "password is missing" },
            { "{email: {address: ADA}, password: 7}", "password is missing" },
            { "{email: {address: ADA}, password: {'$ne': null}}", "password is missing" },
            { "{email: {address: ADA}, password: ''}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: 'in the clear'}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HUGE}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HASH_WITH_NUL}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HASH_WITH_NEWLINE}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HASH_2X}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HASH_COST_03}", "not a bcrypt hash" },
            { "{email: {address: ADA}, password: HASH_COST_15}", "cost above 14" },
            { "{email: {address: ADA}, password: HASH_COST_31}", "cost above 14" },
            { "{email: {address: ADA}, password: HASH, authenticator: 7}", "80 bits or more" },
            { "{email: {address: ADA}, password: HASH, authenticator: true}", "80 bits or more" },
            {
                "{email: {address: ADA}, password: HASH, authenticator: {secret: 'x'}}",
                "80 bits or more"
            },
            {
                "{email: {address: ADA}, password: HASH, authenticator: 'GEZDGNBV'}",
                "80 bits or more"
            },
            {
                "{email: {address: ADA}, password: HASH, authenticator: 'GEZDGNBVGEZDGNBVG'}",
                "80 bits or more"
            },
            {
                "{email: {address: ADA}, password: HASH, authenticator: 'GEZDGNBVGEZDGNB1'}",
                "80 bits or more"
            },
            {
                "{email: {address: ADA}, password: HASH, authenticator: 'GEZDGNBV\\u0000EZDGNBV'}",
                "80 bits or more"
            },
            { "{email: {address: ADA}, password: HASH, authenticator: HUGE}", "80 bits or more" },
        };

    [Fact]
    public async Task Malformed_document_is_refused_with_its_reason_and_the_others_are_imported()
    {
        string[] malformed = [.. Documents.Select(row => (string)row[0])];
        BsonDocument[] documents = [.. malformed.Select(Parse)];
        string url = await nodeAuth.Url([
            NodeAuth.User("first@example.org"),
            .. documents,
            NodeAuth.User("last@example.org"),
        ]);

        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        output.WriteLine(import.Output + import.Errors);
        Assert.Equal(0, import.ExitCode);
        Assert.Contains($"2 imported, 0 skipped, {malformed.Length} refused.", import.Output);
        Assert.Equal(["first@example.org", "last@example.org"], _data.Users().Keys.Order());
        foreach (IGrouping<string, object[]> reason in Documents.GroupBy(row => (string)row[1]))
        {
            Assert.Contains(
                Lines(import.Output),
                line =>
                    line.Contains(reason.Key, StringComparison.Ordinal)
                    && line.EndsWith($": {reason.Count()}", StringComparison.Ordinal)
            );
        }

        Assert.DoesNotContain(
            // Without the @ it may be in an id, which is hexadecimal.
            "ada@",
            import.Output + import.Errors,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.DoesNotContain("$2b$", import.Output + import.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("GEZDGNBV", import.Output + import.Errors, StringComparison.Ordinal);
        Assert.True(import.Output.Length < 5000);
    }

    [Fact]
    public async Task Verified_account_wins_among_documents_with_one_email_and_ids_are_not_printed_if_they_may_be_emails()
    {
        BsonDocument first = NodeAuth.User("ada@example.org", verified: true);
        BsonDocument second = NodeAuth.User(" ADA@EXAMPLE.org ");
        BsonDocument third = NodeAuth.User("ada@example.org");
        third["_id"] = "ada@example.org is the id";
        second["_id"] = 7;
        string url = await nodeAuth.Url(third, second, first);

        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);
        await using ImportProcess again = await ImportProcess.Run(_data.Path, "--from", url);

        output.WriteLine(import.Output + again.Output);
        Assert.Contains("1 imported, 0 skipped, 2 refused.", import.Output);
        Assert.Contains("0 imported, 1 skipped, 2 refused.", again.Output);
        Assert.Contains("has the same email: 2", import.Output);
        Assert.DoesNotContain("ada@", import.Output, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(
            JsonValueKind.Null,
            Assert.Single(_data.Users()).Value.GetProperty("EmailVerifiedAt").ValueKind
        );
    }

    [Fact]
    public async Task Authenticator_that_is_null_or_empty_is_imported_as_no_second_factor()
    {
        BsonDocument without = NodeAuth.User("null@example.org");
        without["authenticator"] = BsonNull.Value;
        string url = await nodeAuth.Url(
            without,
            NodeAuth.User("empty@example.org", authenticator: ""),
            NodeAuth.User("lower@example.org", authenticator: "gezdgnbvgezdgnbv"),
            NodeAuth.User("padded@example.org", authenticator: "GEZDGNBVGEZDGNBVGE======")
        );

        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        Assert.Contains("4 imported, 0 skipped, 0 refused.", import.Output);
        Assert.Equal(
            ["lower@example.org", "padded@example.org"],
            _data
                .Users()
                .Where(user => user.Value.GetProperty("Otp").GetArrayLength() == 1)
                .Select(user => user.Key)
                .Order()
        );
    }

    private static BsonDocument Parse(string json)
    {
        string huge = new('a', 3_000_000);
        string Cost(string cost) =>
            NodeAuth.Hash.Replace("$04$", $"${cost}$", StringComparison.Ordinal);
        BsonDocument document = BsonDocument.Parse(
            new StringBuilder(json)
                .Replace("HASH_WITH_NUL", $"'{NodeAuth.Hash[..59]}\\u0000'")
                .Replace("HASH_WITH_NEWLINE", $"'{NodeAuth.Hash}\\n'")
                .Replace(
                    "HASH_2X",
                    $"'{NodeAuth.Hash.Replace("$2b$", "$2x$", StringComparison.Ordinal)}'"
                )
                .Replace("HASH_COST_03", $"'{Cost("03")}'")
                .Replace("HASH_COST_15", $"'{Cost("15")}'")
                .Replace("HASH_COST_31", $"'{Cost("31")}'")
                .Replace("HASH", $"'{NodeAuth.Hash}'")
                .Replace("ADA", $"'ada-{Guid.NewGuid():N}@example.org'")
                .Replace("HUGE", $"'{huge}'")
                .ToString()
        );
        document.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
        return document;
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
