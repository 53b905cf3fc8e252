using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>When too many passwords wait to be hashed, the rest are turned away, and nothing was looked at or changed.</summary>
public sealed class HashGateTests : IAsyncLifetime
{
    private RunningSilo _silo = null!;

    public async Task InitializeAsync() =>
        _silo = await RunningSilo.Start(services =>
            services.Configure<PasswordOptions>(options =>
            {
                options.QueuePerCore = 1;
                options.Iterations = 8;
            })
        );

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact(DisplayName = "S-51 More sign-ins than can wait are turned away, while checks go on")]
    public async Task More_sign_ins_than_can_wait_are_turned_away_while_checks_go_on()
    {
        (_, SessionGrant grant) = await _silo.Register();
        ISessionGrain session = _silo.Grains.Session(grant.Session);
        Task<SignInResult[]> flood = Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => _silo.Grains.User(People.NewUser()).SignIn(People.SignIn()))
        );

        int checks = 0;
        while (!flood.IsCompleted)
        {
            Assert.Equal(SessionStanding.Live, await session.Check(grant));
            checks++;
        }

        SignInResult[] entries = await flood;
        int served = entries.Count(entry => entry is SignInResult.Refused);
        Assert.Equal(entries.Length, served + entries.Count(entry => entry is SignInResult.Busy));
        // At least those that are hashed at once and those that wait.
        Assert.InRange(served, 2 * Environment.ProcessorCount, entries.Length / 2);
        Assert.True(checks > served, $"{checks} checks beside {served} hashes");
    }

    [Fact]
    public async Task A_registration_that_was_turned_away_leaves_its_address_free()
    {
        string[] addresses = [.. Enumerable.Range(0, 40).Select(_ => People.NewAddress())];

        RegisterResult[] entries = await Task.WhenAll(
            addresses.Select(address =>
                _silo.Grains.User(People.NewUser()).Register(People.Registration(address))
            )
        );

        Assert.Contains(entries, entry => entry is RegisterResult.Busy);
        foreach ((string address, RegisterResult entry) in addresses.Zip(entries))
        {
            UserId? owner = await _silo.Grains.Email(EmailKey.Of(address)).Owner();
            Assert.Equal((entry as RegisterResult.SignedIn)?.Grant.User, owner);
        }
    }
}
