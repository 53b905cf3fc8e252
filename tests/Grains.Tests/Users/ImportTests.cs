using OtpNet;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>An import creates a user exactly once, even when it is interrupted and repeated.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class ImportTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Imported_user_owns_the_email_and_sees_the_import_in_the_activity()
    {
        UserId id = People.NewUser();
        string email = People.NewEmail();

        ImportResult answer = await Import(id, People.Imported(email, verified: true));

        Assert.IsType<ImportResult.Imported>(answer);
        Assert.Equal(id, await Silo.Grains.Email(EmailKey.Of(email)).Owner());
        UserProfile profile = (await Silo.Grains.User(id).Profile())!;
        Assert.True(profile is { EmailVerified: true, HasPassword: true, Factors: [] });
        Assert.Equal(
            [AccountEventKind.Imported],
            (await Silo.Grains.UserData(id).Activity()).Select(happened => happened.Kind)
        );
    }

    [Fact]
    public async Task Unverified_email_stays_unverified_after_the_import()
    {
        UserId id = People.NewUser();
        await Import(id, People.Imported(verified: false));

        Assert.False((await Silo.Grains.User(id).Profile())!.EmailVerified);
    }

    [Fact]
    public async Task Repeated_import_with_the_same_id_succeeds_and_writes_nothing()
    {
        UserId id = People.NewUser();
        ImportedUser user = People.Imported();
        await Import(id, user);
        int writes = Silo.Storage.Writes(id.Value);

        Assert.IsType<ImportResult.Imported>(await Import(id, user));
        Assert.Equal(writes, Silo.Storage.Writes(id.Value));
    }

    [Fact]
    public async Task Email_with_an_account_is_taken_and_the_account_unchanged()
    {
        string email = People.NewEmail();
        (_, SessionTokens tokens) = await Silo.Register(email);
        int writes = Silo.Storage.Writes(tokens.User.Value);
        UserId id = People.NewUser();

        ImportResult answer = await Import(id, People.Imported(email));

        Assert.Equal(tokens.User, Assert.IsType<ImportResult.EmailTaken>(answer).Owner);
        Assert.Equal(writes, Silo.Storage.Writes(tokens.User.Value));
        Assert.Equal(0, Silo.Storage.Writes(id.Value));
        Assert.False(await Silo.Grains.User(tokens.User).ReleaseReservation(email));
    }

    [Fact]
    public async Task Abandoned_id_and_id_with_another_email_are_refused()
    {
        UserId abandoned = People.NewUser();
        await Silo.Grains.User(abandoned).ReleaseReservation(People.NewEmail());
        UserId other = People.NewUser();
        await Import(other, People.Imported());
        string email = People.NewEmail();

        Assert.IsType<ImportResult.IdTaken>(await Import(abandoned, People.Imported(email)));
        Assert.IsType<ImportResult.IdTaken>(await Import(other, People.Imported(email)));
        Assert.Null(await Silo.Grains.Email(EmailKey.Of(email)).Owner());
    }

    [Fact]
    public async Task Email_of_an_interrupted_import_can_be_claimed_by_the_next_import()
    {
        string email = People.NewEmail();
        UserId interrupted = People.NewUser();
        using (Silo.Storage.Fail(interrupted.Value))
            await Assert.ThrowsAnyAsync<Exception>(() =>
                Import(interrupted, People.Imported(email))
            );

        UserId next = People.NewUser();
        ImportResult taken = await Import(next, People.Imported(email));
        bool abandonedBefore = await Silo.Grains.User(interrupted).ReleaseReservation(email);
        ImportResult answer = await Import(
            next,
            People.Imported(email) with
            {
                InsteadOf = interrupted,
            }
        );

        Assert.Equal(interrupted, Assert.IsType<ImportResult.EmailTaken>(taken).Owner);
        Assert.True(abandonedBefore);
        Assert.IsType<ImportResult.Imported>(answer);
        Assert.Equal(next, await Silo.Grains.Email(EmailKey.Of(email)).Owner());
        Assert.IsType<ImportResult.IdTaken>(await Import(interrupted, People.Imported(email)));
    }

    [Fact]
    public async Task Authenticator_app_keeps_working_and_its_secret_is_encrypted_in_storage()
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
            stored.OtpOf(AuthenticationMethod.Totp)!.Secret,
            StringComparison.Ordinal
        );
    }

    private Task<ImportResult> Import(UserId id, ImportedUser user) =>
        Silo.Grains.UserData(id).Import(user);
}
