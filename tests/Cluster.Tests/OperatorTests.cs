using System.Net;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>What an operator finds in the database, and documents that were tampered with.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class OperatorTests(SharedCluster shared, ITestOutputHelper output)
{
    private readonly RunningCluster _cluster = shared.Cluster;

    [Fact]
    public async Task Users_and_sessions_are_readable_documents()
    {
        using Device device = await NewDevice();
        string id = await device.SessionId(_cluster.Any());

        BsonDocument session = await _cluster.Stored("sessions", id);
        string userId = session["_doc"]["UserId"].AsString;
        BsonDocument user = await _cluster.Stored("users", userId);

        output.WriteLine(user.ToJson(new() { Indent = true }));
        output.WriteLine(session.ToJson(new() { Indent = true }));
        Assert.Equal(device.Email, user["_doc"]["Email"].AsString);
        Assert.Equal(BsonType.DateTime, session["_doc"]["ExpiresAt"].BsonType);
        Assert.DoesNotContain("_t", session.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_indexed_by_user_and_expire()
    {
        IMongoCollection<BsonDocument> sessions = _cluster.Database.GetCollection<BsonDocument>(
            "sessions"
        );
        List<BsonDocument> indexes = [];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (indexes.Count < 3)
            indexes = await (await sessions.Indexes.ListAsync(patience.Token)).ToListAsync(
                patience.Token
            );

        Assert.Contains(indexes, index => index["key"].AsBsonDocument.Contains("_doc.UserId"));
        Assert.Contains(
            indexes,
            index =>
                index["key"].AsBsonDocument.Contains("_doc.ExpiresAt")
                && index["expireAfterSeconds"].ToInt64() == 24 * 60 * 60
        );
    }

    [Theory(DisplayName = "S-61 Id that looks like a database operator or path is unknown")]
    [InlineData("$ne")]
    [InlineData("a.b")]
    [InlineData("%7B%22%24ne%22%3A1%7D")]
    public async Task Id_that_looks_like_a_database_operator_or_path_is_unknown(string id)
    {
        using Device device = await NewDevice();

        Answer answer = await device.End(id, _cluster.Any());

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await device.Check(_cluster.Any())).Status);
    }

    [Fact(
        DisplayName = "S-61 Document that names a type is not loaded and reveals nothing of its session"
    )]
    public async Task Document_that_names_a_type_is_not_loaded_and_reveals_nothing_of_its_session()
    {
        using Device device = await NewDevice();
        string id = await device.SessionId(_cluster.Any());
        BsonDocument stored = await _cluster.Stored("sessions", id);
        using Device other = await NewDevice();
        string otherId = await other.SessionId(_cluster.Any());

        // A session that is in the memory of no node: a copy under another id.
        stored["_id"] = otherId[..21] + (otherId[21] == 'A' ? 'Q' : 'A');
        stored["_doc"]["_t"] = "System.IO.FileInfo, System.Runtime";
        await _cluster.Database.GetCollection<BsonDocument>("sessions").InsertOneAsync(stored);
        Answer answer = await device.End(stored["_id"].AsString, _cluster.Any());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    private async Task<Device> NewDevice()
    {
        Device device = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await device.Register(_cluster.Any())).Status);
        return device;
    }
}
