using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>Deactivation of a user's grain, as when a node stops.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private RunningSilo _silo = null!;

    // A hash takes long enough for the grain to be deactivated meanwhile.
    public async Task InitializeAsync() =>
        _silo = await RunningSilo.Start(services =>
            services.Configure<PasswordOptions>(options => options.Iterations = 40)
        );

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Sign_in_completes_while_the_grain_is_being_deactivated()
    {
        (IUserGrain user, _) = await _silo.Register();

        Task<SignInResult> signIn = user.SignIn(People.SignIn());
        await RunningSilo.Deactivate(user);

        Assert.IsType<SignInResult.SignedIn>(await signIn.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
