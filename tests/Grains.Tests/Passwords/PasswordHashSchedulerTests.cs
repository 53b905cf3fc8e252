using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>When the hash queue is full, further calls are refused before anything is checked or changed.</summary>
public sealed class PasswordHashSchedulerTests : IAsyncLifetime
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

    [Fact(DisplayName = "S-51 Sign-ins beyond the queue are refused, while checks go on")]
    public async Task Sign_ins_beyond_the_queue_are_refused_while_checks_go_on()
    {
        (_, SessionTokens tokens) = await _silo.Register();
        ISessionGrain session = _silo.Grains.Session(tokens.Session);
        Task<SignInResult[]> flood = Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => _silo.Grains.User(People.NewUser()).SignIn(People.SignIn()))
        );

        int checks = 0;
        while (!flood.IsCompleted)
        {
            Assert.Equal(SessionStanding.Live, await session.Check(tokens));
            checks++;
        }

        SignInResult[] results = await flood;
        int served = results.Count(result => result is SignInResult.Refused);
        Assert.Equal(results.Length, served + results.Count(result => result is SignInResult.Busy));
        // At least as many as the queue holds; all may arrive before a thread takes the first.
        Assert.InRange(served, Environment.ProcessorCount, results.Length / 2);
        Assert.True(checks > served, $"{checks} checks beside {served} hashes");
    }

    [Fact]
    public async Task Registration_refused_by_a_full_queue_leaves_its_email_free()
    {
        string[] emails = [.. Enumerable.Range(0, 40).Select(_ => People.NewEmail())];

        RegisterResult[] results = await Task.WhenAll(
            emails.Select(email =>
                _silo.Grains.User(People.NewUser()).Register(People.Registration(email))
            )
        );

        Assert.Contains(results, result => result is RegisterResult.Busy);
        foreach ((string email, RegisterResult result) in emails.Zip(results))
        {
            UserId? owner = await _silo.Grains.Email(EmailKey.Of(email)).Owner();
            Assert.Equal((result as RegisterResult.SignedIn)?.Tokens.User, owner);
        }
    }
}
