using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>An address is free or owned at the next request for it, whatever happened at the one before.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class RegistrationTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact(
        DisplayName = "S-28 Of a hundred registrations of one address at once one wins, and owns it"
    )]
    public async Task Of_a_hundred_registrations_of_one_address_at_once_one_wins()
    {
        string address = People.NewAddress();

        RegisterResult[] entries = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(_ =>
                    Silo.Grains.User(People.NewUser()).Register(People.Registration(address))
                )
        );

        RegisterResult.SignedIn winner = Assert.Single(entries.OfType<RegisterResult.SignedIn>());
        Assert.Equal(winner.Grant.User, await Owner(address));
        Assert.All(
            entries.Except([winner]),
            loser =>
                Assert.Equal(
                    winner.Grant.User,
                    Assert.IsType<RegisterResult.EmailTaken>(loser).Owner
                )
        );
    }

    [Fact]
    public async Task An_address_is_free_again_when_its_claimant_was_never_stored()
    {
        string address = People.NewAddress();
        UserId halfway = People.NewUser();
        using (Silo.Storage.Fail(halfway.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(halfway, address));

        UserId next = People.NewUser();
        RegisterResult told = await Register(next, address);
        bool givenUp = await Silo.Grains.User(halfway).Abandon(address);
        RegisterResult entry = await Register(next, address, insteadOf: halfway);

        Assert.Equal(halfway, Assert.IsType<RegisterResult.EmailTaken>(told).Owner);
        Assert.True(givenUp);
        Assert.IsType<RegisterResult.SignedIn>(entry);
        Assert.Equal(next, await Owner(address));
    }

    [Fact]
    public async Task A_user_who_was_stored_although_the_write_failed_keeps_the_address()
    {
        string address = People.NewAddress();
        UserId stored = People.NewUser();
        using (Silo.Storage.LoseAnswers(stored.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(stored, address));

        bool? givenUp = null;
        await Eventually.Holds(async () =>
        {
            try
            {
                givenUp = await Silo.Grains.User(stored).Abandon(address);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        });

        Assert.False(givenUp);
        Assert.IsType<SignInResult.SignedIn>(
            await Silo.Grains.User(stored).SignIn(People.SignIn())
        );
    }

    [Fact]
    public async Task Who_has_registered_cannot_be_made_to_give_up()
    {
        string address = People.NewAddress();
        (IUserGrain user, _) = await Silo.Register(address);

        Assert.False(await user.Abandon(address));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn()));
    }

    [Fact]
    public async Task An_id_that_was_given_up_never_registers_nor_signs_in()
    {
        UserId id = People.NewUser();
        IUserGrain user = Silo.Grains.User(id);
        Assert.True(await user.Abandon(People.NewAddress()));
        Assert.True(await user.Abandon(People.NewAddress()));
        await RunningSilo.Deactivate(user);

        Assert.IsType<RegisterResult.IdTaken>(await Register(id, People.NewAddress()));
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.Null(await user.Profile());
        Assert.Empty((await user.ListSessions()).Live);
    }

    [Fact]
    public async Task Giving_up_waits_for_the_registration_under_way()
    {
        string address = People.NewAddress();
        UserId id = People.NewUser();
        using HeldWrites held = Silo.Storage.Hold(id.Value);
        Task<RegisterResult> registration = Register(id, address);
        await held.Reached;
        Task<bool> givingUp = Silo.Grains.User(id).Abandon(address);

        held.Release();

        Assert.IsType<RegisterResult.SignedIn>(await registration);
        Assert.False(await givingUp);
    }

    [Fact]
    public async Task Nobody_signs_in_at_an_address_whose_registration_never_ended()
    {
        UserId halfway = People.NewUser();
        using (Silo.Storage.Fail(halfway.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(halfway, People.NewAddress()));

        Assert.IsType<SignInResult.Refused>(
            await Silo.Grains.User(halfway).SignIn(People.SignIn())
        );
    }

    [Fact]
    public async Task A_refused_password_claims_no_address()
    {
        string address = People.NewAddress();

        RegisterResult entry = await Silo
            .Grains.User(People.NewUser())
            .Register(People.Registration(address, new Password("short")));

        Assert.IsType<RegisterResult.PasswordRefused>(entry);
        Assert.Null(await Owner(address));
    }

    [Fact]
    public async Task Only_its_owner_frees_an_address()
    {
        string address = People.NewAddress();
        (_, SessionGrant grant) = await Silo.Register(address);
        IEmailGrain email = Silo.Grains.Email(EmailKey.Of(address));

        await email.Release(People.NewUser());
        UserId? after = await email.Owner();
        await email.Release(grant.User);

        Assert.Equal(grant.User, after);
        Assert.Null(await email.Owner());
        Assert.IsType<RegisterResult.SignedIn>(await Register(People.NewUser(), address));
    }

    [Fact]
    public async Task An_address_is_not_claimed_when_the_claim_was_not_stored()
    {
        string address = People.NewAddress();
        EmailKey key = EmailKey.Of(address);
        UserId first = People.NewUser();
        using (Silo.Storage.Fail(key.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(first, address));

        Assert.Null(await Silo.Grains.Email(key).Owner());
        Assert.IsType<RegisterResult.SignedIn>(await Register(People.NewUser(), address));
        Assert.NotEqual(first, await Owner(address));
    }

    [Fact]
    public async Task Storage_may_forget_an_id_that_was_given_up_but_no_user()
    {
        UserId id = People.NewUser();
        await Silo.Grains.User(id).Abandon(People.NewAddress());
        (_, SessionGrant grant) = await Silo.Register();

        Assert.NotNull(Silo.Storage.Written<Account>(id.Value).ExpiresAt);
        Assert.Null(Silo.Storage.Written<Account>(grant.User.Value).ExpiresAt);
    }

    private Task<RegisterResult> Register(UserId id, string address, UserId? insteadOf = null) =>
        Silo.Grains.User(id).Register(People.Registration(address, insteadOf: insteadOf));

    private Task<UserId?> Owner(string address) => Silo.Grains.Email(EmailKey.Of(address)).Owner();
}
