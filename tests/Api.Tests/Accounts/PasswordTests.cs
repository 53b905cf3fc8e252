using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Which passwords are taken, and what is kept of them.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class PasswordTests(SharedNode shared)
{
    [Theory(
        DisplayName = "S-24 Any text of eight to 256 code points is taken, and only the whole of it signs in"
    )]
    [InlineData("eight ch")]
    [InlineData("🔑🌍🧵🐢🍀🎲🪁🧭")]
    [InlineData("        ")]
    [InlineData("пароль длинный")]
    [InlineData("tab\tand\nline\0nul")]
    [InlineData("'; drop table users; --")]
    public async Task Any_text_is_taken(string password)
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage registered = await browser.Register(address, password);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SignIn(address, password));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(address, password + "x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(address, password[..^1]));
    }

    [Fact(DisplayName = "S-24 Of 256 code points the last one counts, and 257 are refused")]
    public async Task The_last_of_256_code_points_counts()
    {
        string longest = string.Concat(Enumerable.Repeat("é🔑", 128));
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage tooLong = await browser.Register(address, longest + "x");
        await Problem.NamesField(tooLong, "password");
        using HttpResponseMessage registered = await browser.Register(address, longest);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await SignIn(address, longest));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(address, longest[..^2] + "🗝"));
    }

    [Fact(
        DisplayName = "S-24 A password typed composed or decomposed is the same one, and no other change is made"
    )]
    public async Task A_password_typed_composed_or_decomposed_is_the_same()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(address, "caf\u00e9 au lait");

        Assert.Equal(HttpStatusCode.OK, await SignIn(address, "cafe\u0301 au lait"));
        foreach (
            string other in new[]
            {
                "cafe au lait",
                "CAF\u00c9 AU LAIT",
                " caf\u00e9 au lait",
                "caf\u00e9\u00a0au\u00a0lait",
            }
        )
            Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(address, other));
    }

    [Theory(
        DisplayName = "S-25 A password that guessers try first, or that is the address or the service, is refused with the reason"
    )]
    [InlineData("1234567", "Too short")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301", "Too short")]
    [InlineData("password", "Too common")]
    [InlineData("PassWord1", "Too common")]
    [InlineData("qwertyuiop", "Too common")]
    [InlineData("{address}", "your e-mail address")]
    [InlineData("{local}", "your e-mail address")]
    [InlineData("sessionauth", "name of this service")]
    [InlineData("SessionAuth", "name of this service")]
    public async Task A_bad_password_is_refused_with_the_reason(string password, string reason)
    {
        string address = People.NewAddress();
        string typed = password
            .Replace("{address}", address, StringComparison.Ordinal)
            .Replace("{local}", address.Split('@')[0], StringComparison.Ordinal);
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(address, typed);

        await Problem.NamesField(response, "password");
        Assert.Contains(
            reason,
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        using HttpResponseMessage free = await browser.Register(address);
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
    }

    [Fact(DisplayName = "S-25 A password that has come out elsewhere is refused with the reason")]
    public async Task A_password_that_has_come_out_is_refused()
    {
        const string Breached = "a breached password";
        string file = Path.GetTempFileName();
        // printf 'a breached password' | sha1sum
        await File.WriteAllTextAsync(file, "0E8659A4A24AF245D7F9CCB25AB6C7F9CC66632B:37\r\n");
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["BREACHED_PASSWORDS_FILE"] = file }
        );
        (BrowserClient browser, string address) = await node.NewPerson();
        using BrowserClient stranger = node.NewBrowser();

        using HttpResponseMessage registered = await stranger.Register(
            People.NewAddress(),
            Breached
        );
        using HttpResponseMessage changed = await browser.Post(
            "/password/change",
            new { currentPassword = People.Password, newPassword = Breached }
        );
        await stranger.Post("/password/forgot", new { email = address });
        string token = await node.Token(address, Mailbox.Reset);
        using HttpResponseMessage reset = await stranger.Post(
            "/password/reset",
            new { token, password = Breached }
        );

        await Problem.NamesField(registered, "password");
        await Problem.NamesField(changed, "newPassword");
        await Problem.NamesField(reset, "password");
        Assert.Contains(
            "breach",
            await reset.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await stranger
            .Post("/password/reset", new { token, password = "another that has not" })
            .Answered(HttpStatusCode.NoContent);
        File.Delete(file);
    }

    [Fact(DisplayName = "S-25 The root domain is no password")]
    public async Task The_root_domain_is_no_password()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["ROOT_DOMAIN"] = "nodeauth.dev" }
        );
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage response = await browser.Register(
            People.NewAddress(),
            "nodeauth.dev"
        );
        await Problem.NamesField(response, "password");
    }

    [Fact(
        DisplayName = "S-26 What is stored is Argon2id of 19 MiB and two passes with its own salt, renewed at sign-in when more is asked"
    )]
    public async Task What_is_stored_is_renewed_when_more_is_asked()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        (string ada, string bob) = (People.NewAddress(), People.NewAddress());
        await using (RunningNode node = await RunningNode.Start(directory: directory))
        {
            using BrowserClient browser = node.NewBrowser();
            await browser.Register(ada);
            await browser.Register(bob);
        }

        string before = Stored(directory, ada);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", before, StringComparison.Ordinal);
        Assert.NotEqual(before.Split('$')[4], Stored(directory, bob).Split('$')[4]);

        await using (
            RunningNode node = await RunningNode.Start(
                new Dictionary<string, string> { ["PASSWORD_HASH_ITERATIONS"] = "3" },
                directory
            )
        )
        {
            using BrowserClient browser = node.NewBrowser();
            using HttpResponseMessage wrong = await browser.Login(ada, "not the password");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            using HttpResponseMessage right = await browser.Login(ada);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            using HttpResponseMessage again = await browser.Login(ada);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        Assert.StartsWith(
            "$argon2id$v=19$m=19456,t=3,p=1$",
            Stored(directory, ada),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "$argon2id$v=19$m=19456,t=2,p=1$",
            Stored(directory, bob),
            StringComparison.Ordinal
        );
        Directory.Delete(directory, recursive: true);
    }

    private async Task<HttpStatusCode> SignIn(string address, string password)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Login(address, password);
        return response.StatusCode;
    }

    private static string Stored(string directory, string address)
    {
        using SqliteConnection file = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=False"
        );
        file.Open();
        using SqliteCommand query = file.CreateCommand();
        query.CommandText =
            "select json_extract(doc, '$.PasswordHash') from users where json_extract(doc, '$.Email') = $email";
        query.Parameters.AddWithValue("$email", address);
        return (string)query.ExecuteScalar()!;
    }
}
