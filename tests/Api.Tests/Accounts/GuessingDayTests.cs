using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>
/// More than a day of guessing at one account, from ever other networks, on stolen devices and in between resets, as fast
/// as it is let.
/// </summary>
public sealed class GuessingDayTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string NewPassword = "another horse, another battery";

    private static readonly TimeSpan s_guessing = TimeSpan.FromHours(
        Environment.GetEnvironmentVariable("LONG") == "1" ? 24 * 20 : 26
    );

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory(
        DisplayName = "S-29 S-30 No mix of networks, devices, registrations and forgotten passwords has more than a hundred passwords looked at in a row, nor keeps the owner out"
    )]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_mix_has_more_than_a_hundred_passwords_looked_at(int seed)
    {
        Random random = new(seed);
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(address).Answered(HttpStatusCode.Created);
        List<BrowserClient> stolen = [];
        for (int i = 0; i < random.Next(1, 25); i++)
        {
            BrowserClient device = _node.NewBrowser();
            await device.Login(address).Answered(HttpStatusCode.OK);
            stolen.Add(device);
        }

        // The twenty that are known are the ones used last.
        await owner.Login(address).Answered(HttpStatusCode.OK);
        foreach (BrowserClient device in stolen)
        {
            device.AccessToken = null;
            device.RefreshToken = null;
        }

        int looked = 0;
        await Guess(async () =>
        {
            using BrowserClient stranger = _node.NewBrowser();
            BrowserClient with = random.Next(2) == 0 ? stranger : stolen[random.Next(stolen.Count)];
            with.ForwardedFor = Network(random);
            object guess = new { email = address, password = GuessedPaths.Wrong };
            using HttpResponseMessage answer = random.Next(12) switch
            {
                0 => await with.Post("/register", guess),
                1 => await with.Post("/password/forgot", new { email = address }),
                _ => await with.Post("/login", guess),
            };
            if (await Problem(answer) == "sign-in-refused")
                looked++;
            return answer.Headers.RetryAfter?.Delta;
        });

        output.WriteLine($"{looked} passwords with {stolen.Count} stolen devices");
        Assert.InRange(looked, 81, 100);
        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(address, People.Password));
        // Being there again, the owner has made all failures forgotten: the attacker begins anew.
        for (int i = 0; i < 200; i++)
        {
            using BrowserClient stranger = _node.NewBrowser();
            stranger.ForwardedFor = Network(random);
            await stranger.TryLogin(address);
            _node.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        using BrowserClient newDevice = _node.NewBrowser();
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await newDevice.TryLogin(address, People.Password)
        );
        await _node.Reset(address, NewPassword);
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryLogin(address, NewPassword));
    }

    [Theory(
        DisplayName = "S-29 S-30 Who knows the password has no more than a hundred codes looked at in a row, over networks, recovery codes, devices and resets"
    )]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Who_knows_the_password_has_no_more_than_a_hundred_codes_looked_at(int seed)
    {
        (string address, _, BrowserClient stolen, Authenticator app) = await Owned();
        (string password, int looked) = (People.Password, 0);
        Func<Task<TimeSpan?>> guess = Guesser(
            new(seed),
            address,
            () => password,
            stolen,
            app,
            () => looked++
        );
        await Guess(guess);
        output.WriteLine($"{looked} codes before the reset");
        Assert.InRange(looked, 50, 100);

        // By somebody who reads the owner's mail, too.
        await _node.Reset(address, NewPassword);
        password = NewPassword;
        await Guess(guess);
        output.WriteLine($"{looked} codes after a reset that the attacker reads");
        Assert.InRange(looked, 50, 100);
    }

    [Fact(
        DisplayName = "S-30 While somebody guesses codes behind the right password, the owner gets in on a known device at once, and on a new one after a reset by mail"
    )]
    public async Task The_owner_gets_in_whatever_codes_are_guessed()
    {
        (string address, BrowserClient owner, BrowserClient stolen, Authenticator app) =
            await Owned();
        int looked = 0;
        Func<Task<TimeSpan?>> guess = Guesser(
            new(1),
            address,
            () => People.Password,
            stolen,
            app,
            () => looked++
        );

        await Guess(guess);
        await owner.Login(address).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await owner.TryCode(app.FreshCode()));

        await Guess(guess);
        using BrowserClient newDevice = _node.NewBrowser();
        await newDevice.Login(address).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.TooManyRequests, await newDevice.TryCode(app.FreshCode()));
        await _node.Reset(address, NewPassword);
        await newDevice.Login(address, NewPassword).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryCode(app.FreshCode()));
    }

    // An account with an authenticator app, its owner's device, and another that somebody else has got hold of.
    private async Task<(string, BrowserClient Owner, BrowserClient Stolen, Authenticator)> Owned()
    {
        string address = People.NewAddress();
        BrowserClient owner = _node.NewBrowser();
        await owner.Register(address).Answered(HttpStatusCode.Created);
        Authenticator app = await Authenticator.TurnOn(_node, owner);
        BrowserClient stolen = _node.NewBrowser();
        await stolen.Login(address).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await stolen.TryCode(app.FreshCode()));
        stolen.AccessToken = null;
        stolen.RefreshToken = null;
        return (address, owner, stolen, app);
    }

    private Func<Task<TimeSpan?>> Guesser(
        Random random,
        string address,
        Func<string> password,
        BrowserClient stolen,
        Authenticator app,
        Action looked
    )
    {
        int turn = 0;
        return async () =>
        {
            using BrowserClient stranger = _node.NewBrowser();
            BrowserClient with = random.Next(3) > 0 ? stranger : stolen;
            with.ForwardedFor = Network(random);
            if (await with.TryLogin(address, password()) != HttpStatusCode.OK)
                return TimeSpan.FromMinutes(1);

            object code =
                random.Next(8) == 0
                    ? new { recoveryCode = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" }
                    : new { code = app.WrongCode(turn++) };
            using HttpResponseMessage answer = await with.Post("/login/second-factor", code);
            if (await Problem(answer) == "code-refused")
                looked();
            return answer.Headers.RetryAfter?.Delta;
        };
    }

    // Each as soon as the one before lets it, until the time is over.
    private async Task Guess(Func<Task<TimeSpan?>> guess)
    {
        DateTimeOffset end = _node.Clock.GetUtcNow() + s_guessing;
        while (_node.Clock.GetUtcNow() < end)
            _node.Clock.Advance(await guess() ?? TimeSpan.FromSeconds(1));
    }

    private async Task Reset(string address) => await _node.Reset(address, NewPassword);

    private static string Network(Random random) =>
        random.Next(3) switch
        {
            0 => $"{random.Next(1, 100)}.{random.Next(256)}.{random.Next(256)}.7",
            1 => $"2001:db8:{random.Next(4):x}:{random.Next(0x10000):x}::{random.Next(0x10000):x}",
            _ => $"64:ff9b::{random.Next(0x10000):x}:{random.Next(0x10000):x}",
        };

    private static async Task<string?> Problem(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return null;
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("code").GetString();
    }
}
