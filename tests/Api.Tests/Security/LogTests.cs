using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>What is written of what people do.</summary>
public sealed partial class LogTests
{
    [Fact(DisplayName = "S-65 Each thing that matters is one line with who, what and whence")]
    public async Task Each_thing_that_matters_is_one_line()
    {
        await using RunningNode node = await RunningNode.Start();
        string address = People.NewAddress();
        using BrowserClient laptop = node.NewBrowser();
        using BrowserClient phone = node.NewBrowser();
        await laptop.Register(address);
        await phone.Login(address);
        await phone.Login(address, "a wrong password");
        string stolen = phone.RefreshToken!;
        await laptop.Delete($"/sessions/{await phone.SessionId()}");
        await phone.Login(address);
        await laptop.Delete("/sessions");
        await phone.Login(address);
        stolen = phone.RefreshToken!;
        await phone.Post("/refresh");
        await phone.IsSignedIn();
        node.Clock.Advance(TimeSpan.FromMinutes(3));
        phone.Cookies.Clear();
        phone.RefreshToken = stolen;
        await phone.Post("/refresh");
        laptop.Origin = "https://evil.example";
        await laptop.Post("/logout");
        laptop.Origin = laptop.Url;
        await laptop.Delete("/sessions?include=current");
        await phone.Login(address);
        await phone.Post("/logout");
        // A device on which the person has signed in has a budget of its own; this one has none.
        using BrowserClient stranger = node.NewBrowser();
        for (int i = 0; i < 11; i++)
            await stranger.Login(address, "a wrong password");

        AssertLogged(node, "Registered: user {user}, session {session}, from 127.0.0.1");
        AssertLogged(node, "Signed in: user {user}, session {session}, from 127.0.0.1");
        AssertLogged(
            node,
            "Refused: sign-in-refused at POST /login, address {session}, from 127.0.0.1"
        );
        AssertLogged(
            node,
            "Refused: too-many-tries at POST /login, address {session}, from 127.0.0.1"
        );
        AssertLogged(node, "Revoked: session {session} by user {user}, from 127.0.0.1");
        AssertLogged(node, "Revoked all sessions but {session}: by user {user}, from 127.0.0.1");
        AssertLogged(node, "Revoked all sessions: by user {user}, from 127.0.0.1");
        AssertLogged(node, "Signed out: session {session}, from 127.0.0.1");
        AssertLogged(
            node,
            "Refresh token reuse: session {session} of user {user} revoked; from 127.0.0.1, generation 1 of 2"
        );
        AssertLogged(node, "Session {session} of user {user} has ended: RevokedByUser");
        AssertLogged(node, "Session {session} of user {user} has ended: RefreshTokenReuse");
        AssertLogged(node, "Refused: foreign-origin at POST /logout, nobody known, from 127.0.0.1");
    }

    [Fact(DisplayName = "S-65 A line of the log begins with the time in UTC")]
    public async Task A_line_begins_with_the_time_in_utc()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        await using NodeProgram node = await NodeProgram.Start(
            directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{NodeProgram.FreePort()}",
                ["TZ"] = "Asia/Tokyo",
            }
        );
        string ready = node
            .Output.Split('\n')
            .Single(line => line.Contains("is ready", StringComparison.Ordinal));
        DateTimeOffset time = DateTimeOffset.Parse(
            ready[..24],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal('Z', ready[23]);
        Assert.InRange(
            DateTimeOffset.UtcNow - time,
            TimeSpan.FromSeconds(-5),
            TimeSpan.FromMinutes(1)
        );
        await node.Kill();
        Directory.Delete(directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-66 No password, token, secret, session id or address is in the log, and no line of a client's making"
    )]
    public async Task No_secret_is_in_the_log()
    {
        const string Canary = "canary-password-7f3a";
        await using RunningNode node = await RunningNode.Start();
        string address = $"canary-{Guid.NewGuid():N}@example.org";
        using BrowserClient browser = node.NewBrowser("Evil\u0001Agent");
        await browser.Register(address, Canary);
        string session = await browser.SessionId();
        (string access, string refresh) = (browser.AccessToken!, browser.RefreshToken!);
        await browser.Login(address, Canary + " wrong");
        await browser.Login(
            "x\r\n2026-01-01T00:00:00.000Z info: forged line\r\n@example.org",
            Canary
        );
        await browser.Register("a@b.cd\r\nforged line", Canary);
        await browser.Post("/refresh");
        await browser.Post("/logout");
        await RawConnection.Send(
            node.Url,
            $"POST /login HTTP/1.1\r\nHost: {new Uri(node.Url).Authority}\r\nOrigin: {node.Url}\r\n"
                + "User-Agent: a\tforged line\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );

        string secrets = await File.ReadAllTextAsync(Path.Combine(node.Directory, "secrets.json"));
        string[] hidden =
        [
            Canary,
            address,
            session,
            "forged line",
            access[^40..],
            refresh[^40..],
            access.Split('.')[1],
            refresh.Split('.')[1],
            .. SecretPattern().Matches(secrets).Select(match => match.Value),
        ];
        string log = string.Join('\n', node.Log.Lines);
        Assert.Contains(Fingerprint(session), log, StringComparison.Ordinal);
        Assert.All(hidden, text => Assert.DoesNotContain(text, log, StringComparison.Ordinal));
    }

    private static void AssertLogged(RunningNode node, string pattern)
    {
        string expected = Regex
            .Escape(pattern)
            .Replace(@"\{user}", "[0-9a-f]{32}", StringComparison.Ordinal)
            .Replace(@"\{session}", "[0-9a-f]{12}", StringComparison.Ordinal);
        Assert.True(
            node.Log.Lines.Any(line => Regex.IsMatch(line, expected + "$")),
            $"{pattern} is not in\n{string.Join('\n', node.Log.Lines)}"
        );
    }

    private static string Fingerprint(string session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(session)))[..12];

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex SecretPattern();
}
