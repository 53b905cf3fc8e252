using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>From where somebody has used an account, IP addresses and browsers, is looked for in all that is stored.</summary>
public sealed class TraceTests
{
    private const string Browser =
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private const string Wanted = "somebody-else@example.net";

    private static readonly string[] s_traces = ["127.0.0.1", "Firefox", Wanted];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    [Fact(
        DisplayName = "S-68 A deleted account leaves no IP address and no browser, in its ended sessions neither"
    )]
    public async Task A_deleted_account_leaves_no_ip_address_and_no_browser()
    {
        await using RunningNode node = await RunningNode.Start();
        string address = People.NewAddress();
        using BrowserClient browser = node.NewBrowser(Browser);
        await browser.Register(address).Answered(HttpStatusCode.Created);
        await browser.VerifyAddress();
        await SignInAndOut(node, address);
        await DeviceListing.Of(browser);
        await SignInAndOut(node, address);
        using BrowserClient live = node.NewBrowser(Browser);
        await live.Login(address).Answered(HttpStatusCode.OK);
        Assert.True(await Holds(node.Directory, "sessions"));

        await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

        // The mail that tells of it goes first.
        await node.Brings(address, "account was deleted");
        await Eventually.Holds(s_patience, async () => !await Holds(node.Directory));
        Assert.False(await live.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-68 After TRACE_RETENTION no session holds from where it was used, ended or unused, and those that live go on"
    )]
    public async Task After_the_retention_no_session_holds_from_where_it_was_used()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        Dictionary<string, string> settings = new() { ["TRACE_RETENTION"] = "3.00:00:00" };
        MovedClock clock = new();
        string address = People.NewAddress();
        string refresh;
        await using (RunningNode node = await RunningNode.Start(settings, directory, clock))
        {
            using BrowserClient browser = node.NewBrowser(Browser);
            await browser.Register(address).Answered(HttpStatusCode.Created);
            await node.Brings(address, "verify");
            await SignInAndOut(node, address);
            using BrowserClient brief = node.NewBrowser(Browser);
            await brief.Login(address, remember: false).Answered(HttpStatusCode.OK);
            await browser
                .Post("/email/change", new { email = Wanted })
                .Answered(HttpStatusCode.Accepted);
            await node.Brings(Wanted, "confirm");
            refresh = browser.RefreshToken!;
        }

        Assert.True(await Holds(directory));
        clock.Advance(TimeSpan.FromDays(5));
        await using (RunningNode node = await RunningNode.Start(settings, directory, clock))
        {
            await Eventually.Holds(s_patience, async () => !await Holds(directory));
            using BrowserClient browser = node.NewBrowser(Browser);
            browser.RefreshToken = refresh;
            Assert.True(await browser.IsSignedIn());
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task SignInAndOut(RunningNode node, string address)
    {
        using BrowserClient other = node.NewBrowser(Browser);
        await other.Login(address).Answered(HttpStatusCode.OK);
        await other.Post("/logout").Answered(HttpStatusCode.NoContent);
    }

    private static async Task<bool> Holds(string directory, params string[] tables)
    {
        if (tables.Length == 0)
            tables = ["users", "sessions", "emails", "throttles"];
        await using SqliteConnection connection = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=false"
        );
        await connection.OpenAsync();
        foreach (string table in tables)
        {
            foreach (string trace in s_traces)
            {
                await using SqliteCommand select = connection.CreateCommand();
#pragma warning disable CA2100 // The tables' names are the ones above.
                select.CommandText =
                    $"SELECT count(*) FROM \"{table}\" WHERE doc LIKE $trace OR id LIKE $trace";
#pragma warning restore CA2100
                select.Parameters.AddWithValue("$trace", $"%{trace}%");
                if ((long)(await select.ExecuteScalarAsync())! > 0)
                    return true;
            }
        }

        return false;
    }
}
