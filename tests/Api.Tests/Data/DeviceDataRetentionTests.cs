using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>Searches all that is stored for the IP addresses and browsers with which an account was used.</summary>
public sealed class DeviceDataRetentionTests
{
    private const string Browser =
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private const string NewEmail = "somebody-else@example.net";

    private static readonly string[] s_deviceData = ["127.0.0.1", "Firefox", NewEmail];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    [Fact(
        DisplayName = "S-68 A deleted account leaves no IP address and no browser, not even in its ended sessions"
    )]
    public async Task Deleted_account_leaves_no_IP_address_and_no_browser()
    {
        await using RunningNode node = await RunningNode.Start();
        string email = People.NewEmail();
        using BrowserClient browser = node.NewBrowser(Browser);
        await browser.Register(email).Answered(HttpStatusCode.Created);
        await browser.VerifyEmail();
        await SignInAndOut(node, email);
        await DeviceListing.Of(browser);
        await SignInAndOut(node, email);
        using BrowserClient live = node.NewBrowser(Browser);
        await live.Login(email).Answered(HttpStatusCode.OK);
        Assert.True(await StorageContains(node.Directory, "sessions"));

        await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

        // The mail about the deletion is sent first.
        await node.WaitForMail(email, "account was deleted");
        await Eventually.Holds(s_patience, async () => !await StorageContains(node.Directory));
        Assert.False(await live.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-68 After DEVICE_DATA_RETENTION no session, ended or live, has an IP address or browser, and live ones go on"
    )]
    public async Task After_the_retention_no_session_has_an_IP_address_or_browser()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        Dictionary<string, string> settings = new() { ["DEVICE_DATA_RETENTION"] = "3.00:00:00" };
        MovedClock clock = new();
        string email = People.NewEmail();
        string refresh;
        await using (RunningNode node = await RunningNode.Start(settings, directory, clock))
        {
            using BrowserClient browser = node.NewBrowser(Browser);
            await browser.Register(email).Answered(HttpStatusCode.Created);
            await node.WaitForMail(email, "verify");
            await SignInAndOut(node, email);
            using BrowserClient brief = node.NewBrowser(Browser);
            await brief.Login(email, remember: false).Answered(HttpStatusCode.OK);
            await browser
                .Post("/email/change", new { email = NewEmail })
                .Answered(HttpStatusCode.Accepted);
            await node.WaitForMail(NewEmail, "confirm");
            refresh = browser.RefreshToken!;
        }

        Assert.True(await StorageContains(directory));
        clock.Advance(TimeSpan.FromDays(5));
        await using (RunningNode node = await RunningNode.Start(settings, directory, clock))
        {
            await Eventually.Holds(s_patience, async () => !await StorageContains(directory));
            using BrowserClient browser = node.NewBrowser(Browser);
            browser.RefreshToken = refresh;
            Assert.True(await browser.IsSignedIn());
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task SignInAndOut(RunningNode node, string email)
    {
        using BrowserClient other = node.NewBrowser(Browser);
        await other.Login(email).Answered(HttpStatusCode.OK);
        await other.Post("/logout").Answered(HttpStatusCode.NoContent);
    }

    private static async Task<bool> StorageContains(string directory, params string[] tables)
    {
        if (tables.Length == 0)
            tables = ["users", "sessions", "emails", "throttles"];
        await using SqliteConnection connection = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=false"
        );
        await connection.OpenAsync();
        foreach (string table in tables)
        {
            foreach (string data in s_deviceData)
            {
                await using SqliteCommand select = connection.CreateCommand();
#pragma warning disable CA2100 // The table names are constants.
                select.CommandText =
                    $"SELECT count(*) FROM \"{table}\" WHERE doc LIKE $data OR id LIKE $data";
#pragma warning restore CA2100
                select.Parameters.AddWithValue("$data", $"%{data}%");
                if ((long)(await select.ExecuteScalarAsync())! > 0)
                    return true;
            }
        }

        return false;
    }
}
