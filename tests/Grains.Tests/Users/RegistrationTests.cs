using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>An email is either free or owned at the next request, whatever failed at the one before.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class RegistrationTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact(
        DisplayName = "S-28 Of a hundred parallel registrations of one email one wins and owns it"
    )]
    public async Task Of_a_hundred_parallel_registrations_of_one_email_one_wins_and_owns_it()
    {
        string email = People.NewEmail();

        RegisterResult[] results = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(_ =>
                    Silo.Grains.User(People.NewUser()).Register(People.Registration(email))
                )
        );

        RegisterResult.SignedIn winner = Assert.Single(results.OfType<RegisterResult.SignedIn>());
        Assert.Equal(winner.Tokens.User, await Owner(email));
        Assert.All(
            results.Except([winner]),
            loser =>
                Assert.Equal(
                    winner.Tokens.User,
                    Assert.IsType<RegisterResult.EmailTaken>(loser).Owner
                )
        );
    }

    [Fact]
    public async Task Email_is_free_again_when_its_claimant_was_never_stored()
    {
        string email = People.NewEmail();
        UserId incomplete = People.NewUser();
        using (Silo.Storage.Fail(incomplete.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(incomplete, email));

        UserId next = People.NewUser();
        RegisterResult taken = await Register(next, email);
        bool abandoned = await Silo.Grains.User(incomplete).ReleaseReservation(email);
        RegisterResult result = await Register(next, email, insteadOf: incomplete);

        Assert.Equal(incomplete, Assert.IsType<RegisterResult.EmailTaken>(taken).Owner);
        Assert.True(abandoned);
        Assert.IsType<RegisterResult.SignedIn>(result);
        Assert.Equal(next, await Owner(email));
    }

    [Fact]
    public async Task User_who_was_stored_although_the_write_failed_keeps_the_email()
    {
        string email = People.NewEmail();
        UserId stored = People.NewUser();
        using (Silo.Storage.LoseAnswers(stored.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(stored, email));

        bool? abandoned = null;
        await Eventually.Holds(async () =>
        {
            try
            {
                abandoned = await Silo.Grains.User(stored).ReleaseReservation(email);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        });

        Assert.False(abandoned);
        Assert.IsType<SignInResult.SignedIn>(
            await Silo.Grains.User(stored).SignIn(People.SignIn())
        );
    }

    [Fact]
    public async Task Registered_user_cannot_be_abandoned()
    {
        string email = People.NewEmail();
        (IUserGrain user, _) = await Silo.Register(email);

        Assert.False(await user.ReleaseReservation(email));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn()));
    }

    [Fact]
    public async Task Abandoned_id_never_registers_nor_signs_in()
    {
        UserId id = People.NewUser();
        IUserGrain user = Silo.Grains.User(id);
        Assert.True(await user.ReleaseReservation(People.NewEmail()));
        Assert.True(await user.ReleaseReservation(People.NewEmail()));
        await RunningSilo.Deactivate(user);

        Assert.IsType<RegisterResult.IdTaken>(await Register(id, People.NewEmail()));
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.Null(await user.Profile());
        Assert.Empty((await user.ListSessions()).Live);
    }

    [Fact]
    public async Task Abandon_waits_for_the_registration_under_way()
    {
        string email = People.NewEmail();
        UserId id = People.NewUser();
        using HeldWrites held = Silo.Storage.Hold(id.Value);
        Task<RegisterResult> registration = Register(id, email);
        await held.Reached;
        Task<bool> abandoning = Silo.Grains.User(id).ReleaseReservation(email);

        held.Release();

        Assert.IsType<RegisterResult.SignedIn>(await registration);
        Assert.False(await abandoning);
    }

    [Fact]
    public async Task Incomplete_registration_cannot_sign_in()
    {
        UserId incomplete = People.NewUser();
        using (Silo.Storage.Fail(incomplete.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(incomplete, People.NewEmail()));

        Assert.IsType<SignInResult.Refused>(
            await Silo.Grains.User(incomplete).SignIn(People.SignIn())
        );
    }

    [Fact]
    public async Task Refused_password_claims_no_email()
    {
        string email = People.NewEmail();

        RegisterResult result = await Silo
            .Grains.User(People.NewUser())
            .Register(People.Registration(email, new Password("short")));

        Assert.IsType<RegisterResult.PasswordRefused>(result);
        Assert.Null(await Owner(email));
    }

    [Fact]
    public async Task Only_its_owner_can_release_an_email()
    {
        string email = People.NewEmail();
        (_, SessionTokens tokens) = await Silo.Register(email);
        IEmailGrain owner = Silo.Grains.Email(EmailKey.Of(email));

        await owner.Release(People.NewUser());
        UserId? after = await owner.Owner();
        await owner.Release(tokens.User);

        Assert.Equal(tokens.User, after);
        Assert.Null(await owner.Owner());
        Assert.IsType<RegisterResult.SignedIn>(await Register(People.NewUser(), email));
    }

    [Fact]
    public async Task Claim_that_was_not_stored_leaves_the_email_free()
    {
        string email = People.NewEmail();
        EmailKey key = EmailKey.Of(email);
        UserId first = People.NewUser();
        using (Silo.Storage.Fail(key.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Register(first, email));

        Assert.Null(await Silo.Grains.Email(key).Owner());
        Assert.IsType<RegisterResult.SignedIn>(await Register(People.NewUser(), email));
        Assert.NotEqual(first, await Owner(email));
    }

    [Fact]
    public async Task Storage_may_expire_an_abandoned_id_but_no_user()
    {
        UserId id = People.NewUser();
        await Silo.Grains.User(id).ReleaseReservation(People.NewEmail());
        (_, SessionTokens tokens) = await Silo.Register();

        Assert.NotNull(Silo.Storage.Written<Account>(id.Value).ExpiresAt);
        Assert.Null(Silo.Storage.Written<Account>(tokens.User.Value).ExpiresAt);
    }

    private Task<RegisterResult> Register(UserId id, string email, UserId? insteadOf = null) =>
        Silo.Grains.User(id).Register(People.Registration(email, insteadOf: insteadOf));

    private Task<UserId?> Owner(string email) => Silo.Grains.Email(EmailKey.Of(email)).Owner();
}
