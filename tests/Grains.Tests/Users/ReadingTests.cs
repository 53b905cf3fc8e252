using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>Reading an account while it is being changed.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class ReadingTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Profile_shows_what_is_stored_and_not_what_is_being_written()
    {
        (IUserGrain user, SessionTokens tokens) = await Silo.Register();
        string email = People.NewEmail();
        CallerContext caller = new(tokens.Session, People.Device);

        using HeldWrites held = Silo.Storage.Hold(tokens.User.Value);
        Task<ChangeEmailResult> changing = Silo
            .Grains.UserEmail(tokens.User)
            .ChangeEmail(caller, email);
        await held.Reached;
        UserProfile? during = await user.Profile();
        held.Release();
        Assert.IsType<ChangeEmailResult.Asked>(await changing);
        UserProfile? after = await user.Profile();

        Assert.Null(during!.NewEmail);
        Assert.Equal(email, after!.NewEmail);
    }
}
