using System.Net;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Which passwords are accepted, and how they are stored.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class PasswordTests(SharedNode shared)
{
    [Theory(
        DisplayName = "S-24 Any text of 8 to 256 code points is accepted as a password, and only the whole of it signs in"
    )]
    [InlineData("eight ch")]
    [InlineData("🔑🌍🧵🐢🍀🎲🪁🧭")]
    [InlineData("        ")]
    [InlineData("пароль длинный")]
    [InlineData("tab\tand\nline\0nul")]
    [InlineData("'; drop table users; --")]
    public async Task Any_text_of_8_to_256_code_points_is_accepted(string password)
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage registered = await browser.Register(email, password);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SignIn(email, password));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(email, password + "x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(email, password[..^1]));
    }

    [Fact(DisplayName = "S-24 The last of 256 code points is compared, and 257 are refused")]
    public async Task Last_of_256_code_points_is_compared()
    {
        string longest = string.Concat(Enumerable.Repeat("é🔑", 128));
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage tooLong = await browser.Register(email, longest + "x");
        await Problem.NamesField(tooLong, "password");
        using HttpResponseMessage registered = await browser.Register(email, longest);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await SignIn(email, longest));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(email, longest[..^2] + "🗝"));
    }

    [Fact(
        DisplayName = "S-24 Composed and decomposed forms of a password are the same, and nothing else is normalised"
    )]
    public async Task Composed_and_decomposed_forms_of_a_password_are_the_same()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(email, "caf\u00e9 au lait");

        Assert.Equal(HttpStatusCode.OK, await SignIn(email, "cafe\u0301 au lait"));
        foreach (
            string other in new[]
            {
                "cafe au lait",
                "CAF\u00c9 AU LAIT",
                " caf\u00e9 au lait",
                "caf\u00e9\u00a0au\u00a0lait",
            }
        )
            Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(email, other));
    }

    [Theory(
        DisplayName = "S-25 A common password, or one like the email or the service, is refused with the reason"
    )]
    [InlineData("1234567", "Too short")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301", "Too short")]
    [InlineData("password", "Too common")]
    [InlineData("PassWord1", "Too common")]
    [InlineData("qwertyuiop", "Too common")]
    [InlineData("{email}", "your email")]
    [InlineData("{local}", "your email")]
    [InlineData("sessionauth", "name of this service")]
    [InlineData("SessionAuth", "name of this service")]
    public async Task Common_password_is_refused_with_the_reason(string password, string reason)
    {
        string email = People.NewEmail();
        string typed = password
            .Replace("{email}", email, StringComparison.Ordinal)
            .Replace("{local}", email.Split('@')[0], StringComparison.Ordinal);
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(email, typed);

        await Problem.NamesField(response, "password");
        Assert.Contains(
            reason,
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        using HttpResponseMessage free = await browser.Register(email);
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
    }

    [Fact(DisplayName = "S-25 A breached password is refused with the reason")]
    public async Task Breached_password_is_refused_with_the_reason()
    {
        const string Breached = "a breached password";
        string file = Path.GetTempFileName();
        // printf 'a breached password' | sha1sum
        await File.WriteAllTextAsync(file, "0E8659A4A24AF245D7F9CCB25AB6C7F9CC66632B:37\r\n");
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["BREACHED_PASSWORDS_FILE"] = file }
        );
        (BrowserClient browser, string email) = await node.NewUser();
        using BrowserClient newBrowser = node.NewBrowser();

        using HttpResponseMessage registered = await newBrowser.Register(
            People.NewEmail(),
            Breached
        );
        using HttpResponseMessage changed = await browser.Post(
            "/password/change",
            new { currentPassword = People.Password, newPassword = Breached }
        );
        await newBrowser.Post("/password/forgot", new { email });
        string token = await node.Token(email, Mailbox.Reset);
        using HttpResponseMessage reset = await newBrowser.Post(
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
        await newBrowser
            .Post("/password/reset", new { token, password = "another that has not" })
            .Answered(HttpStatusCode.NoContent);
        File.Delete(file);
    }

    [Fact(DisplayName = "S-25 The root domain is refused as a password")]
    public async Task Root_domain_is_refused_as_a_password()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["ROOT_DOMAIN"] = "nodeauth.dev" }
        );
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage response = await browser.Register(
            People.NewEmail(),
            "nodeauth.dev"
        );
        await Problem.NamesField(response, "password");
    }

    [Fact(
        DisplayName = "S-26 A password is stored as Argon2id with 19 MiB, two passes and its own salt, and hashed again at sign-in when the parameters were raised"
    )]
    public async Task Password_is_hashed_again_at_sign_in_when_the_parameters_were_raised()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        (string ada, string bob) = (People.NewEmail(), People.NewEmail());
        await using (
            RunningNode node = await RunningNode.Start(directory: directory, realHashes: true)
        )
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
                directory,
                realHashes: true
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

    private async Task<HttpStatusCode> SignIn(string email, string password)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Login(email, password);
        return response.StatusCode;
    }

    private static string Stored(string directory, string email)
    {
        using SqliteConnection file = new(
            $"Data Source={Path.Combine(directory, "sessionauth.db")};Mode=ReadOnly;Pooling=False"
        );
        file.Open();
        using SqliteCommand query = file.CreateCommand();
        query.CommandText =
            "select json_extract(doc, '$.PasswordHash') from users where json_extract(doc, '$.Email') = $email";
        query.Parameters.AddWithValue("$email", email);
        return (string)query.ExecuteScalar()!;
    }
}
