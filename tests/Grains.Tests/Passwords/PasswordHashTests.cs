using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

public sealed class PasswordHashTests
{
    [Fact(
        DisplayName = "S-26 Passwords are stored as Argon2id with 19 MiB, 2 passes and a salt of their own"
    )]
    public async Task Passwords_are_stored_as_Argon2id_with_19_MiB_2_passes_and_a_salt_of_their_own()
    {
        await using RunningSilo silo = await RunningSilo.Start();
        (_, SessionTokens ada) = await silo.Register();
        (_, SessionTokens grace) = await silo.Register();

        string[] hashes = [Hash(silo, ada.User), Hash(silo, grace.User)];

        Assert.All(hashes, hash => Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash));
        Assert.NotEqual(hashes[0].Split('$')[4], hashes[1].Split('$')[4]);
    }

    [Fact(DisplayName = "S-26 Sign-in after the parameters were raised hashes the password again")]
    public async Task Sign_in_after_the_parameters_were_raised_hashes_the_password_again()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        UserId id;
        await using (RunningSilo before = await RunningSilo.Start(directory: directory))
            id = (await before.Register()).Tokens.User;

        await using (RunningSilo after = await RunningSilo.Start(Raised, directory))
        {
            IUserGrain user = after.Grains.User(id);
            SignInResult wrong = await user.SignIn(People.SignIn(new Password("not the password")));
            int writesForWrong = after.Storage.Writes(id.Value);
            await user.SignsIn();
            string raised = Hash(after, id);
            await user.SignsIn();

            Assert.IsType<SignInResult.Refused>(wrong);
            Assert.Equal(0, writesForWrong);
            Assert.StartsWith("$argon2id$v=19$m=24576,t=3,p=1$", raised);
            Assert.Equal(raised, Hash(after, id));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static void Raised(IServiceCollection services) =>
        services.Configure<PasswordOptions>(options =>
        {
            options.MemoryKib = 24 * 1024;
            options.Iterations = 3;
        });

    private static string Hash(RunningSilo silo, UserId user) =>
        silo.Storage.Written<Account>(user.Value).PasswordHash!;
}
