using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>Write access to the database does not allow moving one user's authenticator app to another.</summary>
public sealed class EncryptedSecretTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(
        DisplayName = "S-56 An encrypted secret that was moved to another user or altered is not accepted"
    )]
    public async Task Encrypted_secret_that_was_moved_or_altered_is_not_accepted()
    {
        MovedClock clock = new();
        string victim,
            attacker,
            altered;
        string attackerSecret,
            alteredSecret;
        await using (
            RunningNode node = await RunningNode.Start(directory: _directory, clock: clock)
        )
        {
            (victim, _) = await NewAccount(node);
            (attacker, attackerSecret) = await NewAccount(node);
            (altered, alteredSecret) = await NewAccount(node);
        }

        Rewrite(victim, _ => Stored(attacker));
        Rewrite(altered, secret => secret[..^3] + (secret[^3] == 'A' ? 'B' : 'A') + secret[^2..]);

        await using RunningNode again = await RunningNode.Start(
            directory: _directory,
            clock: clock
        );
        await AssertRefused(again, victim, attackerSecret);
        await AssertRefused(again, altered, alteredSecret);
        using BrowserClient browser = again.NewBrowser();
        await browser.Login(attacker);
        await browser
            .Post(
                "/login/second-factor",
                new { code = new Authenticator(again, attackerSecret).FreshCode() }
            )
            .Answered(HttpStatusCode.OK);
    }

    private static async Task AssertRefused(RunningNode node, string email, string secret)
    {
        using BrowserClient browser = node.NewBrowser();
        await browser.Login(email).Answered(HttpStatusCode.OK);
        await browser
            .Post(
                "/login/second-factor",
                new { code = new Authenticator(node, secret).FreshCode() }
            )
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    private static async Task<(string Email, string Secret)> NewAccount(RunningNode node)
    {
        (BrowserClient browser, string email) = await node.NewUser();
        Authenticator app = await Authenticator.TurnOn(node, browser);
        browser.Dispose();
        return (email, app.Secret);
    }

    private string Stored(string email) =>
        JsonNode.Parse(Row(email).Doc)!["Otp"]![0]!["Secret"]!.GetValue<string>();

    private void Rewrite(string email, Func<string, string> change)
    {
        (string id, string doc) = Row(email);
        JsonNode user = JsonNode.Parse(doc)!;
        user["Otp"]![0]!["Secret"] = change(user["Otp"]![0]!["Secret"]!.GetValue<string>());
        using SqliteConnection connection = Open();
        using SqliteCommand update = connection.CreateCommand();
        update.CommandText = "UPDATE users SET doc = $doc WHERE id = $id";
        update.Parameters.AddWithValue("$doc", user.ToJsonString());
        update.Parameters.AddWithValue("$id", id);
        Assert.Equal(1, update.ExecuteNonQuery());
    }

    private (string Id, string Doc) Row(string email)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText =
            "SELECT id, doc FROM users WHERE json_extract(doc, '$.Email') = $email";
        select.Parameters.AddWithValue("$email", email);
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
