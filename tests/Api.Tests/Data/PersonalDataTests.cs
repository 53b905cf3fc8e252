using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>Users can see, export and delete what is stored about them.</summary>
public sealed class PersonalDataTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact]
    public async Task Activity_is_listed_latest_first_and_failures_in_a_row_are_one_entry()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        using BrowserClient other = Node.NewBrowser(
            "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
        );
        for (int i = 0; i < 3; i++)
            await other.Login(email, "not the password");
        await other.Login(email).Answered(HttpStatusCode.OK);
        await other.Post("/logout");

        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);

        (string, int)[] events =
        [
            .. activity
                .GetProperty("events")
                .EnumerateArray()
                .Select(entry =>
                    (entry.GetProperty("kind").GetString()!, entry.GetProperty("count").GetInt32())
                ),
        ];
        Assert.Equal(
            [("session-ended", 1), ("signed-in", 1), ("sign-in-failed", 3), ("registered", 1)],
            events
        );
    }

    [Fact]
    public async Task Export_has_everything_but_secrets()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, browser);

        using HttpResponseMessage answer = await browser.Get("/me/export");

        string export = await answer.Content.ReadAsStringAsync();
        JsonElement data = JsonSerializer.Deserialize<JsonElement>(export);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(email, data.GetProperty("email").GetString());
        Assert.Equal(10, data.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal(1, data.GetProperty("sessions").GetArrayLength());
        Assert.NotEqual(0, data.GetProperty("activity").GetArrayLength());
        foreach (
            string secret in (string[])[People.Password, "argon2", app.Secret, .. app.RecoveryCodes]
        )
            Assert.DoesNotContain(secret, export, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(
        DisplayName = "S-68 A deleted account leaves no session, no email and nothing that names it"
    )]
    public async Task Deleted_account_leaves_nothing_that_names_it()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string email;
        await using (RunningNode node = await RunningNode.Start(directory: directory))
        {
            (BrowserClient browser, email) = await node.NewUser();
            await browser.VerifyEmail();
            using BrowserClient other = node.NewBrowser();
            await other.Login(email).Answered(HttpStatusCode.OK);
            string access = browser.AccessToken!;

            await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

            Assert.False(browser.Cookies.ContainsKey("accessToken"));
            browser.AccessToken = access;
            Assert.False(await browser.IsSignedIn());
            Assert.False(await other.IsSignedIn());
            await other.Login(email).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
            await node.WaitForMail(email, "account was deleted");
            using BrowserClient next = node.NewBrowser();
            await next.Register(email, "another password of four words")
                .Answered(HttpStatusCode.Created);
            await node.WaitForMail(email, "verify", count: 2);
            await next.VerifyEmail();
            await next.Delete("/me").Answered(HttpStatusCode.NoContent);
            await node.WaitForMail(email, "account was deleted", count: 2);
            // The send result is stored after the mail is in the mailbox.
            await Eventually.Holds(
                TimeSpan.FromSeconds(10),
                async () => !await StorageContains(directory, email)
            );
        }

        Assert.False(await StorageContains(directory, email));
        Directory.Delete(directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-68 IP address and browser are removed after a set time, even if the user never returns"
    )]
    public async Task IP_address_and_browser_are_removed_after_a_set_time()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        MovedClock clock = new();
        string email;
        await using (RunningNode node = await RunningNode.Start(null, directory, clock))
        {
            (BrowserClient browser, email) = await node.NewUser();
            await node.WaitForMail(email, "verify");
            await browser.Login(email).Answered(HttpStatusCode.OK);
            using HttpResponseMessage listed = await browser.Get("/me/activity");
        }

        Assert.True(await StorageContains(directory, email, "127.0.0.1"));
        clock.Advance(TimeSpan.FromDays(92));
        await using (RunningNode node = await RunningNode.Start(null, directory, clock))
        {
            await Eventually.Holds(
                TimeSpan.FromSeconds(20),
                async () => !await StorageContains(directory, email, "127.0.0.1")
            );
            using BrowserClient browser = node.NewBrowser();
            await browser.Login(email).Answered(HttpStatusCode.OK);
            JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
            Assert.Contains(
                activity.GetProperty("events").EnumerateArray(),
                entry => entry.GetProperty("kind").GetString() == "registered"
            );
        }

        Directory.Delete(directory, recursive: true);
    }

    // Freed pages of the file keep old contents until they are reused, so the rows are searched, not the file.
    private static async Task<bool> StorageContains(string directory, params string[] texts)
    {
        await using Microsoft.Data.Sqlite.SqliteConnection connection = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=false"
        );
        await connection.OpenAsync();
        foreach (string table in new[] { "users", "sessions", "emails", "throttles" })
        {
            await using Microsoft.Data.Sqlite.SqliteCommand select = connection.CreateCommand();
#pragma warning disable CA2100 // The table names are constants.
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
