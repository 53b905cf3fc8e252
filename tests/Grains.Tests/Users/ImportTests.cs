using OtpNet;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>A user whom another system has known is made once, whatever happens in between.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class ImportTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task An_imported_user_owns_the_address_and_is_told_how_it_came_to_be()
    {
        UserId id = People.NewUser();
        string address = People.NewAddress();

        ImportResult answer = await Import(id, People.Imported(address, verified: true));

        Assert.IsType<ImportResult.Imported>(answer);
        Assert.Equal(id, await Silo.Grains.Email(EmailKey.Of(address)).Owner());
        UserProfile profile = (await Silo.Grains.User(id).Profile())!;
        Assert.True(profile is { EmailVerified: true, HasPassword: true, HasTotp: false });
        Assert.Equal(
            [AccountEventKind.Imported],
            (await Silo.Grains.UserData(id).Activity()).Select(happened => happened.Kind)
        );
    }

    [Fact]
    public async Task An_address_that_was_not_proved_there_is_not_proved_here()
    {
        UserId id = People.NewUser();
        await Import(id, People.Imported(verified: false));

        Assert.False((await Silo.Grains.User(id).Profile())!.EmailVerified);
    }

    [Fact]
    public async Task Repeated_with_the_same_id_it_is_done_and_writes_nothing()
    {
        UserId id = People.NewUser();
        ImportedUser user = People.Imported();
        await Import(id, user);
        int writes = Silo.Storage.Writes(id.Value);

        Assert.IsType<ImportResult.Imported>(await Import(id, user));
        Assert.Equal(writes, Silo.Storage.Writes(id.Value));
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_taken_and_its_account_unchanged()
    {
        string address = People.NewAddress();
        (_, SessionGrant grant) = await Silo.Register(address);
        int writes = Silo.Storage.Writes(grant.User.Value);
        UserId id = People.NewUser();

        ImportResult answer = await Import(id, People.Imported(address));

        Assert.Equal(grant.User, Assert.IsType<ImportResult.EmailTaken>(answer).Owner);
        Assert.Equal(writes, Silo.Storage.Writes(grant.User.Value));
        Assert.Equal(0, Silo.Storage.Writes(id.Value));
        Assert.False(await Silo.Grains.User(grant.User).Abandon(address));
    }

    [Fact]
    public async Task An_id_that_was_given_up_or_is_another_address_is_refused()
    {
        UserId abandoned = People.NewUser();
        await Silo.Grains.User(abandoned).Abandon(People.NewAddress());
        UserId other = People.NewUser();
        await Import(other, People.Imported());
        string address = People.NewAddress();

        Assert.IsType<ImportResult.IdTaken>(await Import(abandoned, People.Imported(address)));
        Assert.IsType<ImportResult.IdTaken>(await Import(other, People.Imported(address)));
        Assert.Null(await Silo.Grains.Email(EmailKey.Of(address)).Owner());
    }

    [Fact]
    public async Task An_address_that_was_claimed_and_no_more_is_free_for_the_next_try()
    {
        string address = People.NewAddress();
        UserId halfway = People.NewUser();
        using (Silo.Storage.Fail(halfway.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Import(halfway, People.Imported(address)));

        UserId next = People.NewUser();
        ImportResult taken = await Import(next, People.Imported(address));
        bool givenUp = await Silo.Grains.User(halfway).Abandon(address);
        ImportResult answer = await Import(
            next,
            People.Imported(address) with
            {
                InsteadOf = halfway,
            }
        );

        Assert.Equal(halfway, Assert.IsType<ImportResult.EmailTaken>(taken).Owner);
        Assert.True(givenUp);
        Assert.IsType<ImportResult.Imported>(answer);
        Assert.Equal(next, await Silo.Grains.Email(EmailKey.Of(address)).Owner());
        Assert.IsType<ImportResult.IdTaken>(await Import(halfway, People.Imported(address)));
    }

    [Fact]
    public async Task The_authenticator_goes_on_and_its_secret_is_stored_sealed()
    {
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        UserId id = People.NewUser();
        IUserGrain user = Silo.Grains.User(id);
        await Import(id, People.Imported(totp: Base32Encoding.ToString(secret)));

        SignInResult.SecondFactorNeeded first = Assert.IsType<SignInResult.SecondFactorNeeded>(
            await user.SignIn(People.SignIn())
        );
        string code = new Totp(secret).ComputeTotp(Silo.Clock.GetUtcNow().UtcDateTime);
        SecondStep step = new(
            "a sign-in",
            first.Stamp,
            new(AuthenticationMethod.Totp, new Secret(code)),
            new(People.Device, Persistent: true, [])
        );

        Assert.IsType<CompleteSignInResult.SignedIn>(await user.CompleteSignIn(step));
        Account stored = Silo.Storage.Written<Account>(id.Value);
        Assert.StartsWith("$argon2id$", stored.PasswordHash, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Base32Encoding.ToString(secret),
            stored.Totp!.Secret,
            StringComparison.Ordinal
        );
    }

    private Task<ImportResult> Import(UserId id, ImportedUser user) =>
        Silo.Grains.UserData(id).Import(user);
}
