using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>Whoever writes into storage cannot make one user's authenticator app another's.</summary>
public sealed class SealedSecretTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(DisplayName = "S-56 A secret that was moved to another user, or altered, opens nothing")]
    public async Task A_secret_that_was_moved_or_altered_opens_nothing()
    {
        MovedClock clock = new();
        string victim,
            thief,
            altered;
        string thiefSecret,
            alteredSecret;
        await using (
            RunningNode node = await RunningNode.Start(directory: _directory, clock: clock)
        )
        {
            (victim, _) = await WithApp(node);
            (thief, thiefSecret) = await WithApp(node);
            (altered, alteredSecret) = await WithApp(node);
        }

        Rewrite(victim, _ => Stored(thief));
        Rewrite(altered, secret => secret[..^3] + (secret[^3] == 'A' ? 'B' : 'A') + secret[^2..]);

        await using RunningNode again = await RunningNode.Start(
            directory: _directory,
            clock: clock
        );
        await AssertRefused(again, victim, thiefSecret);
        await AssertRefused(again, altered, alteredSecret);
        using BrowserClient browser = again.NewBrowser();
        await browser.Login(thief);
        await browser
            .Post(
                "/login/second-factor",
                new { code = new Authenticator(again, thiefSecret).FreshCode() }
            )
            .Answered(HttpStatusCode.OK);
    }

    private static async Task AssertRefused(RunningNode node, string address, string secret)
    {
        using BrowserClient browser = node.NewBrowser();
        await browser.Login(address).Answered(HttpStatusCode.OK);
        await browser
            .Post(
                "/login/second-factor",
                new { code = new Authenticator(node, secret).FreshCode() }
            )
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    private static async Task<(string Address, string Secret)> WithApp(RunningNode node)
    {
        (BrowserClient browser, string address) = await node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(node, browser);
        browser.Dispose();
        return (address, app.Secret);
    }

    private string Stored(string address) =>
        JsonNode.Parse(Row(address).Doc)!["Totp"]!["Secret"]!.GetValue<string>();

    private void Rewrite(string address, Func<string, string> change)
    {
        (string id, string doc) = Row(address);
        JsonNode user = JsonNode.Parse(doc)!;
        user["Totp"]!["Secret"] = change(user["Totp"]!["Secret"]!.GetValue<string>());
        using SqliteConnection connection = Open();
        using SqliteCommand update = connection.CreateCommand();
        update.CommandText = "UPDATE users SET doc = $doc WHERE id = $id";
        update.Parameters.AddWithValue("$doc", user.ToJsonString());
        update.Parameters.AddWithValue("$id", id);
        Assert.Equal(1, update.ExecuteNonQuery());
    }

    private (string Id, string Doc) Row(string address)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText =
            "SELECT id, doc FROM users WHERE json_extract(doc, '$.Email') = $email";
        select.Parameters.AddWithValue("$email", address);
        using SqliteDataReader row = select.ExecuteReader();
        Assert.True(row.Read());
        return (row.GetString(0), row.GetString(1));
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new(
            $"Data Source={Path.Combine(_directory, "sessionauth.db")};Pooling=false"
        );
        connection.Open();
        return connection;
    }
}
