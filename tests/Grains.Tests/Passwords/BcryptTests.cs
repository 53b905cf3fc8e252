using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>Imported users with a bcrypt hash sign in with the password that they had in the other system.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class BcryptTests(SharedSilo shared)
{
    private const string Hash = "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m";

    private static readonly Password s_password = new("correct horse battery staple");

    private RunningSilo Silo => shared.Silo;

    /// <summary>Made by bcryptjs 2.4.3 ($2a$) and bcryptjs 3 ($2b$).</summary>
    public static TheoryData<string, string> Hashes =>
        new()
        {
            {
                "correct horse battery staple",
                "$2a$04$xnB3YQd8wmHPYPhlRYwHo.up/32d51MSbR5lDfLV6neXvbMRcAD5u"
            },
            {
                "correct horse battery staple",
                "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m"
            },
            { "", "$2a$04$vp5mN4SIULLpjQCJCeq4WueiCrkn0IwUn38/OKeKc1GvBOkUjndYa" },
            { "", "$2b$04$NWoETdtL/VtPV4wxIq0mOeZsZPbBlX3JHFvGy7RO1CuIMyg8Dj/9y" },
            {
                new string('a', 71) + "b",
                "$2a$04$BPgj1aKGnYE2OLKCJ2blf.ePXSbmLmj.ULBrtIS18DExDVwRzvjoy"
            },
            {
                new string('a', 71) + "b",
                "$2b$04$fG2ZhFdRRC9p0PQtFy9IPufP2QFg9e7Wzv2RpejWckkgWQO1gK17G"
            },
            {
                new string('a', 72) + "c",
                "$2a$04$CkqN5AG.b.dJcMa/mTEdu.EpqylMb3Zh5T7pc2rd1E5L2Zg3ZbfSW"
            },
            {
                new string('a', 72) + "c",
                "$2b$04$CCnriGl8BktnMg480MQ/OOo6RX90MBIvceWdzMfB/iFA7F6F9.tlG"
            },
            {
                new string('a', 71) + "é",
                "$2a$04$EIzF2va2nWfyru004h2EWeprS7.3KpWhu77b1Hyw.02lrZDITVLXO"
            },
            {
                new string('a', 71) + "é",
                "$2b$04$X.3QtWfHco4XFX50ETGpV.eEr9BJTIIh9gBvJr06AUJxKHiFUdeBe"
            },
            {
                new string('a', 70) + "😀",
                "$2a$04$K8xjBKOhwUxYeS3wZpu6j..ye2y6Nj0eKxxgRFVHMQnF4kWXQ4tgy"
            },
            {
                new string('a', 70) + "😀",
                "$2b$04$lrVhD.RAPHIAZ7wvcGokzeL23z.TsRUKfESUZgGwdst2esn6q1wUq"
            },
            { "before\0after", "$2a$04$sBvazZ0XKOe0DP/FsMWbDeVMCScdAvB5r2isBkJahAcP8HKuy8I7O" },
            { "before\0after", "$2b$04$NeGE37LFoSqT0QlIXYeIIuCjhspgDaHJBEBAFeyLvMSwwRqbsPtCy" },
            { "before\0", "$2a$04$PBAr5YT4xPXUPx0uheu7bezD2oN6miHiGulITWDlgHJYShtO56kp." },
            { "before\0", "$2b$04$nJr4yn7UPQ7BiKPLrcUTGOfdskGY/lZ7xsscf9Nngaux5Yxl7gK5W" },
            { "😀😀 pass", "$2a$04$D4q2eb5SHcambOUqjdH0c.t4NvbvrrA3mvWaI4cQ3RolnImcTlsym" },
            { "😀😀 pass", "$2b$04$r3NFPhIIkfZkK4NWLR4qOu7SYQhjPsdYhmIc3F4.tSqBeSCFFwmNK" },
            {
                "Cafe\u0301 au lait",
                "$2a$04$VHahjSUiJBUHAyUsk1vQh.7OiQn0rDp/n7mZ2XZOL2QGLf9vl37Q6"
            },
            {
                "Cafe\u0301 au lait",
                "$2b$04$NXcq9M0erFE70Ic7VEukE.zFmIepoM6u5vEgk2iCQfmBzGcuCK5A6"
            },
            {
                new string('é', 300),
                "$2a$04$W8vpITh9qgJ63m1NPe5.YOXMjcAvNX14J93ZCGIJCklzvCZP24uya"
            },
            {
                new string('é', 300),
                "$2b$04$IXk31T7kjSXGpxXwOf7vhuxG8DIn/TiYeKDi.ln1QV84UJrEBw1Su"
            },
        };

    [Theory]
    [MemberData(nameof(Hashes))]
    public async Task Imported_bcrypt_hash_accepts_its_password(string password, string hash)
    {
        IUserGrain user = await Import(hash);

        Assert.IsType<SignInResult.SignedIn>(await SignIn(user, password));
    }

    [Fact]
    public async Task PHP_bcrypt_hash_accepts_its_password()
    {
        IUserGrain user = await Import(Hash.Replace("$2b$", "$2y$", StringComparison.Ordinal));

        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn(s_password)));
    }

    [Theory]
    [InlineData("$2b$04$fG2ZhFdRRC9p0PQtFy9IPufP2QFg9e7Wzv2RpejWckkgWQO1gK17G", 72)]
    [InlineData("$2b$04$CCnriGl8BktnMg480MQ/OOo6RX90MBIvceWdzMfB/iFA7F6F9.tlG", 73)]
    public async Task Bytes_after_the_72nd_do_not_count_for_an_imported_bcrypt_hash(
        string hash,
        int length
    )
    {
        string password = length == 72 ? new string('a', 71) + "b" : new string('a', 72) + "c";

        Assert.IsType<SignInResult.Refused>(await SignIn(await Import(hash), password[..71]));
        Assert.IsType<SignInResult.Refused>(await SignIn(await Import(hash), password[..71] + "x"));
        Assert.IsType<SignInResult.SignedIn>(
            await SignIn(await Import(hash), password[..72] + "anything")
        );
    }

    [Theory]
    [InlineData("$2b$04$NeGE37LFoSqT0QlIXYeIIuCjhspgDaHJBEBAFeyLvMSwwRqbsPtCy", "before")]
    [InlineData("$2b$04$nJr4yn7UPQ7BiKPLrcUTGOfdskGY/lZ7xsscf9Nngaux5Yxl7gK5W", "before")]
    [InlineData("$2b$04$xlNTAKSG61ds4fzZ7gJgPuXoaJ/fQzQUrLb7d7bXclesxuKKjguwy", "before\0")]
    public async Task Password_is_not_truncated_at_a_NUL(string hash, string other) =>
        Assert.IsType<SignInResult.Refused>(await SignIn(await Import(hash), other));

    [Fact]
    public async Task Imported_password_is_accepted_as_it_was_typed_and_after_NFC()
    {
        const string Composed = "$2b$04$pxbHz0u0gdjhNjQ/Glk7MewhYgvYjFcO3XedYisZEITThRUdts9vG";
        const string InParts = "$2b$04$NXcq9M0erFE70Ic7VEukE.zFmIepoM6u5vEgk2iCQfmBzGcuCK5A6";

        Assert.IsType<SignInResult.SignedIn>(
            await SignIn(await Import(Composed), "Caf\u00e9 au lait")
        );
        Assert.IsType<SignInResult.SignedIn>(
            await SignIn(await Import(Composed), "Cafe\u0301 au lait")
        );
        Assert.IsType<SignInResult.SignedIn>(
            await SignIn(await Import(InParts), "Cafe\u0301 au lait")
        );
    }

    [Fact]
    public async Task First_sign_in_replaces_the_bcrypt_hash_with_Argon2id()
    {
        UserId id = People.NewUser();
        IUserGrain user = await Import(Hash, id);
        SignInResult wrong = await SignIn(user, "not the password");
        string before = Stored(id);
        await user.SignIn(People.SignIn(s_password));
        string after = Stored(id);
        await user.SignIn(People.SignIn(s_password));

        Assert.IsType<SignInResult.Refused>(wrong);
        Assert.Equal(Hash, before);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", after, StringComparison.Ordinal);
        Assert.Equal(after, Stored(id));
        Assert.IsType<SignInResult.Refused>(await SignIn(user, "not the password"));
    }

    public static TheoryData<string> Malformed =>
        new()
        {
            "",
            "x",
            "$",
            "$2b$",
            "$2b$04$",
            Hash[..59],
            Hash + "a",
            Hash + "\0",
            Hash + "\n",
            Hash[..40] + "!" + Hash[41..],
            Hash[..40] + "é" + Hash[41..],
            Hash[..20] + "\0" + Hash[21..],
            Hash.Replace("$04$", "$03$", StringComparison.Ordinal),
            Hash.Replace("$04$", "$15$", StringComparison.Ordinal),
            Hash.Replace("$04$", "$31$", StringComparison.Ordinal),
            Hash.Replace("$04$", "$99$", StringComparison.Ordinal),
            Hash.Replace("$04$", "$-4$", StringComparison.Ordinal),
            Hash.Replace("$2b$", "$2x$", StringComparison.Ordinal),
            Hash.Replace("$2b$", "$2$", StringComparison.Ordinal),
            "$argon2id$",
            "$argon2id$v=19$m=19456,t=2,p=1$",
            "$argon2id$v=19$m=19456,t=2,p=1$AAAA$!!!!",
            "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
            "correct horse battery staple",
            new string('a', 100_000),
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Malformed_hash_refuses_every_password(string hash) =>
        Assert.IsType<SignInResult.Refused>(
            await (await Import(hash)).SignIn(People.SignIn(s_password))
        );

    [Fact]
    public async Task Lone_surrogate_is_refused_as_a_wrong_password() =>
        Assert.IsType<SignInResult.Refused>(await SignIn(await Import(Hash), "half \ud800"));

    private async Task<IUserGrain> Import(string hash, UserId? id = null)
    {
        UserId user = id ?? People.NewUser();
        Assert.IsType<ImportResult.Imported>(
            await Silo.Grains.UserData(user).Import(People.Imported(hash: hash))
        );
        return Silo.Grains.User(user);
    }

    private static Task<SignInResult> SignIn(IUserGrain user, string password) =>
        user.SignIn(People.SignIn(new Password(password)));

    private string Stored(UserId user) => Silo.Storage.Written<Account>(user.Value).PasswordHash!;
}
