using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Security;

/// <summary>The lines of the security log about sessions.</summary>
public sealed partial class LogTests
{
    [Fact(DisplayName = "S-65 Each security event is one line with who, what and from where")]
    public async Task Security_event_is_one_log_line()
    {
        await using RunningNode node = await RunningNode.Start();
        string email = People.NewEmail();
        using BrowserClient laptop = node.NewBrowser();
        using BrowserClient phone = node.NewBrowser();
        await laptop.Register(email);
        await phone.Login(email);
        await phone.Login(email, "a wrong password");
        string stolen = phone.RefreshToken!;
        await laptop.Delete($"/sessions/{await phone.SessionId()}");
        await phone.Login(email);
        await laptop.Delete("/sessions");
        await phone.Login(email);
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
        await phone.Login(email);
        await phone.Post("/logout");
        // Known devices have a budget of their own; this browser is not one.
        using BrowserClient unknownDevice = node.NewBrowser();
        for (int i = 0; i < 11; i++)
            await unknownDevice.Login(email, "a wrong password");

        AssertLogged(node, "Registered: user {user}, session {session}, from 127.0.0.1");
        AssertLogged(node, "Signed in: user {user}, session {session}, from 127.0.0.1");
        AssertLogged(
            node,
            "Refused: sign-in-refused at POST /login, email {session}, from 127.0.0.1"
        );
        AssertLogged(
            node,
            "Refused: too-many-tries at POST /login, email {session}, from 127.0.0.1"
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
        AssertLogged(
            node,
            "Refused: foreign-origin at POST /logout, unknown subject, from 127.0.0.1"
        );
    }

    [Fact(DisplayName = "S-65 Each log line begins with the time in UTC")]
    public async Task Log_line_begins_with_the_time_in_UTC()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        await using RunningProgram node = await NodeProgram.Start(
            directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{FreePort.Next()}",
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
        DisplayName = "S-66 No password, token, secret, session id or email is in the log, and clients cannot inject lines"
    )]
    public async Task Secrets_and_injected_lines_are_not_in_the_log()
    {
        const string Canary = "canary-password-7f3a";
        await using RunningNode node = await RunningNode.Start();
        string email = $"canary-{Guid.NewGuid():N}@example.org";
        using BrowserClient browser = node.NewBrowser("Evil\u0001Agent");
        await browser.Register(email, Canary);
        string session = await browser.SessionId();
        (string access, string refresh) = (browser.AccessToken!, browser.RefreshToken!);
        await browser.Login(email, Canary + " wrong");
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
            email,
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
