using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>What is kept about people, they can see, take along and have removed.</summary>
public sealed class OwnDataTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact]
    public async Task What_happened_is_listed_latest_first_and_failures_in_a_row_are_one_line()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        using BrowserClient other = Node.NewBrowser(
            "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
        );
        for (int i = 0; i < 3; i++)
            await other.Login(address, "not the password");
        await other.Login(address).Answered(HttpStatusCode.OK);
        await other.Post("/logout");

        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);

        (string, int)[] events =
        [
            .. activity
                .GetProperty("events")
                .EnumerateArray()
                .Select(happened =>
                    (
                        happened.GetProperty("kind").GetString()!,
                        happened.GetProperty("count").GetInt32()
                    )
                ),
        ];
        Assert.Equal(
            [("session-ended", 1), ("signed-in", 1), ("sign-in-failed", 3), ("registered", 1)],
            events
        );
    }

    [Fact]
    public async Task An_export_has_everything_but_secrets()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, browser);

        using HttpResponseMessage answer = await browser.Get("/me/export");

        string export = await answer.Content.ReadAsStringAsync();
        JsonElement data = JsonSerializer.Deserialize<JsonElement>(export);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(address, data.GetProperty("email").GetString());
        Assert.Equal(10, data.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal(1, data.GetProperty("sessions").GetArrayLength());
        Assert.NotEqual(0, data.GetProperty("activity").GetArrayLength());
        foreach (
            string secret in (string[])[People.Password, "argon2", app.Secret, .. app.RecoveryCodes]
        )
            Assert.DoesNotContain(secret, export, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(
        DisplayName = "S-68 A deleted account leaves no session, no address, and nothing that names it"
    )]
    public async Task A_deleted_account_leaves_nothing_that_names_it()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string address;
        await using (RunningNode node = await RunningNode.Start(directory: directory))
        {
            (BrowserClient browser, address) = await node.NewPerson();
            await browser.VerifyAddress();
            using BrowserClient other = node.NewBrowser();
            await other.Login(address).Answered(HttpStatusCode.OK);
            string access = browser.AccessToken!;

            await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

            Assert.False(browser.Cookies.ContainsKey("accessToken"));
            browser.AccessToken = access;
            Assert.False(await browser.IsSignedIn());
            Assert.False(await other.IsSignedIn());
            await other.Login(address).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
            await node.Brings(address, "account was deleted");
            using BrowserClient next = node.NewBrowser();
            await next.Register(address, "words of another person")
                .Answered(HttpStatusCode.Created);
            await node.Brings(address, "verify", count: 2);
            await next.VerifyAddress();
            await next.Delete("/me").Answered(HttpStatusCode.NoContent);
            await node.Brings(address, "account was deleted", count: 2);
            // The last mail's outcome is told after it was put into the box.
            await Eventually.Holds(
                TimeSpan.FromSeconds(10),
                async () => !await Holds(directory, address)
            );
        }

        Assert.False(await Holds(directory, address));
        Directory.Delete(directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-68 From where an account was used is forgotten after a set time, also when nobody comes back"
    )]
    public async Task From_where_an_account_was_used_is_forgotten_after_a_set_time()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        MovedClock clock = new();
        string address;
        await using (RunningNode node = await RunningNode.Start(null, directory, clock))
        {
            (BrowserClient browser, address) = await node.NewPerson();
            await node.Brings(address, "verify");
            await browser.Login(address).Answered(HttpStatusCode.OK);
            using HttpResponseMessage listed = await browser.Get("/me/activity");
        }

        Assert.True(await Holds(directory, address, "127.0.0.1"));
        clock.Advance(TimeSpan.FromDays(92));
        await using (RunningNode node = await RunningNode.Start(null, directory, clock))
        {
            await Eventually.Holds(
                TimeSpan.FromSeconds(20),
                async () => !await Holds(directory, address, "127.0.0.1")
            );
            using BrowserClient browser = node.NewBrowser();
            await browser.Login(address).Answered(HttpStatusCode.OK);
            JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
            Assert.Contains(
                activity.GetProperty("events").EnumerateArray(),
                happened => happened.GetProperty("kind").GetString() == "registered"
            );
        }

        Directory.Delete(directory, recursive: true);
    }

    // Freed pages of the file keep what was there until they are used again: rows are what is asked for.
    private static async Task<bool> Holds(string directory, params string[] texts)
    {
        await using Microsoft.Data.Sqlite.SqliteConnection connection = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=false"
        );
        await connection.OpenAsync();
        foreach (string table in new[] { "users", "sessions", "emails", "throttles" })
        {
            await using Microsoft.Data.Sqlite.SqliteCommand select = connection.CreateCommand();
#pragma warning disable CA2100 // The tables' names are the ones above.
            select.CommandText =
                $"SELECT count(*) FROM \"{table}\" WHERE (doc LIKE $text OR id LIKE $text) AND doc LIKE $more";
#pragma warning restore CA2100
            select.Parameters.AddWithValue("$text", $"%{texts[0]}%");
            select.Parameters.AddWithValue("$more", $"%{texts[^1]}%");
            if ((long)(await select.ExecuteScalarAsync())! > 0)
                return true;
        }

        return false;
    }
}
