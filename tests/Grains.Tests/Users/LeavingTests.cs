using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>A user's grain that leaves its silo, as all do when a node is stopped.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private RunningSilo _silo = null!;

    // A hash takes so long that the grain is told to leave meanwhile.
    public async Task InitializeAsync() =>
        _silo = await RunningSilo.Start(services =>
            services.Configure<PasswordOptions>(options => options.Iterations = 40)
        );

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_sign_in_goes_on_while_the_grain_leaves()
    {
        (IUserGrain user, _) = await _silo.Register();

        Task<SignInResult> signIn = user.SignIn(People.SignIn());
        await RunningSilo.Deactivate(user);

        Assert.IsType<SignInResult.SignedIn>(await signIn.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
