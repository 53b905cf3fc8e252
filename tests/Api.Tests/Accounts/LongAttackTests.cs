using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>
/// More than a day of attacks on one account, at the highest rate that the throttle allows: from changing networks, on
/// stolen devices, and between password resets.
/// </summary>
public sealed class LongAttackTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string NewPassword = "another horse, another battery";

    private static readonly TimeSpan s_duration = TimeSpan.FromHours(
        Environment.GetEnvironmentVariable("LONG") == "1" ? 24 * 20 : 26
    );

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory(
        DisplayName = "S-29 S-30 No mix of networks, devices, registrations and reset requests gets more than a hundred passwords in a row evaluated or locks the owner out"
    )]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Mixed_attack_gets_at_most_a_hundred_passwords_in_a_row_evaluated(int seed)
    {
        Random random = new(seed);
        string email = People.NewEmail();
        using BrowserClient owner = _node.NewBrowser();
        await owner.Register(email).Answered(HttpStatusCode.Created);
        List<BrowserClient> stolen = [];
        for (int i = 0; i < random.Next(1, 25); i++)
        {
            BrowserClient device = _node.NewBrowser();
            await device.Login(email).Answered(HttpStatusCode.OK);
            stolen.Add(device);
        }

        // Known devices are the twenty that signed in last, so the owner signs in once more.
        await owner.Login(email).Answered(HttpStatusCode.OK);
        foreach (BrowserClient device in stolen)
        {
            device.AccessToken = null;
            device.RefreshToken = null;
        }

        int evaluated = 0;
        await Attack(async () =>
        {
            using BrowserClient newDevice = _node.NewBrowser();
            BrowserClient browser =
                random.Next(2) == 0 ? newDevice : stolen[random.Next(stolen.Count)];
            browser.ForwardedFor = Network(random);
            object attempt = new { email, password = AttemptExtensions.Wrong };
            using HttpResponseMessage answer = random.Next(12) switch
            {
                0 => await browser.Post("/register", attempt),
                1 => await browser.Post("/password/forgot", new { email }),
                _ => await browser.Post("/login", attempt),
            };
            if (await Problem(answer) == "sign-in-refused")
                evaluated++;
            return answer.Headers.RetryAfter?.Delta;
        });

        output.WriteLine($"{evaluated} passwords with {stolen.Count} stolen devices");
        Assert.InRange(evaluated, 81, 100);
        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(email, People.Password));
        // The owner's sign-in has reset the count, so the attacker has a new budget.
        for (int i = 0; i < 200; i++)
        {
            using BrowserClient attacker = _node.NewBrowser();
            attacker.ForwardedFor = Network(random);
            await attacker.TryLogin(email);
            _node.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        using BrowserClient newDevice = _node.NewBrowser();
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await newDevice.TryLogin(email, People.Password)
        );
        await _node.Reset(email, NewPassword);
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryLogin(email, NewPassword));
    }

    [Theory(
        DisplayName = "S-29 S-30 An attacker who knows the password gets at most a hundred codes in a row evaluated, over networks, recovery codes, devices and resets"
    )]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Attacker_who_knows_the_password_gets_at_most_a_hundred_codes_in_a_row_evaluated(
        int seed
    )
    {
        (string email, _, BrowserClient stolen, Authenticator app) = await NewAccount();
        (string password, int evaluated) = (People.Password, 0);
        Func<Task<TimeSpan?>> attempt = CodeAttempts(
            new(seed),
            email,
            () => password,
            stolen,
            app,
            () => evaluated++
        );
        await Attack(attempt);
        output.WriteLine($"{evaluated} codes before the reset");
        Assert.InRange(evaluated, 50, 100);

        // This attacker reads the owner's mail too.
        await _node.Reset(email, NewPassword);
        password = NewPassword;
        await Attack(attempt);
        output.WriteLine($"{evaluated} codes after a reset whose mail the attacker reads");
        Assert.InRange(evaluated, 50, 100);
    }

    [Fact(
        DisplayName = "S-30 While an attacker tries codes after the right password, the owner signs in on a known device at once, and on a new one after a reset by mail"
    )]
    public async Task Owner_can_sign_in_while_an_attacker_tries_codes()
    {
        (string email, BrowserClient owner, BrowserClient stolen, Authenticator app) =
            await NewAccount();
        int evaluated = 0;
        Func<Task<TimeSpan?>> attempt = CodeAttempts(
            new(1),
            email,
            () => People.Password,
            stolen,
            app,
            () => evaluated++
        );

        await Attack(attempt);
        await owner.Login(email).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await owner.TryCode(app.FreshCode()));

        await Attack(attempt);
        using BrowserClient newDevice = _node.NewBrowser();
        await newDevice.Login(email).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.TooManyRequests, await newDevice.TryCode(app.FreshCode()));
        await _node.Reset(email, NewPassword);
        await newDevice.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryCode(app.FreshCode()));
    }

    // An account with an authenticator app, its owner's device, and a stolen known device.
    private async Task<(
        string,
        BrowserClient Owner,
        BrowserClient Stolen,
        Authenticator
    )> NewAccount()
    {
        string email = People.NewEmail();
        BrowserClient owner = _node.NewBrowser();
        await owner.Register(email).Answered(HttpStatusCode.Created);
        Authenticator app = await Authenticator.TurnOn(_node, owner);
        BrowserClient stolen = _node.NewBrowser();
        await stolen.Login(email).Answered(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await stolen.TryCode(app.FreshCode()));
        stolen.AccessToken = null;
        stolen.RefreshToken = null;
        return (email, owner, stolen, app);
    }

    private Func<Task<TimeSpan?>> CodeAttempts(
        Random random,
        string email,
        Func<string> password,
        BrowserClient stolen,
        Authenticator app,
        Action evaluated
    )
    {
        int turn = 0;
        return async () =>
        {
            using BrowserClient newDevice = _node.NewBrowser();
            BrowserClient browser = random.Next(3) > 0 ? newDevice : stolen;
            browser.ForwardedFor = Network(random);
            if (await browser.TryLogin(email, password()) != HttpStatusCode.OK)
                return TimeSpan.FromMinutes(1);

            object code =
                random.Next(8) == 0
                    ? new { recoveryCode = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" }
                    : new { code = app.WrongCode(turn++) };
            using HttpResponseMessage answer = await browser.Post("/login/second-factor", code);
            if (await Problem(answer) == "code-refused")
                evaluated();
            return answer.Headers.RetryAfter?.Delta;
        };
    }

    // Makes each attempt as soon as the throttle allows, until the time is over.
    private async Task Attack(Func<Task<TimeSpan?>> attempt)
    {
        DateTimeOffset end = _node.Clock.GetUtcNow() + s_duration;
        while (_node.Clock.GetUtcNow() < end)
            _node.Clock.Advance(await attempt() ?? TimeSpan.FromSeconds(1));
    }

    private async Task Reset(string email) => await _node.Reset(email, NewPassword);

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
