using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.Grains.Keys;
using SessionAuth.Grains.Secrets;
using SessionAuth.Grains.Tests.Running;
using static SessionAuth.Grains.Tests.Registry.Applications;

namespace SessionAuth.Grains.Tests.Registry;

/// <summary>The keys of the cluster: stored, encrypted, added and removed while it runs.</summary>
public sealed class RegistryKeysTests : IDisposable
{
    private const string DataKey = "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U";
    private const string NewerDataKey = "bQ0r7yFz2uWn5xKc8vTm1sJd4hGe6aPl9oIi3kYw0Xs";

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly MovedClock _clock = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task First_key_is_made_once_and_there_again_after_a_restart()
    {
        KeySet made;
        await using (RunningSilo silo = await Start())
        {
            made = await Keys(silo);
            Assert.Single(made.Keys);
            await RunningSilo.Deactivate(silo.Grains.Registry());
            Assert.Equal(made.Keys, (await Keys(silo)).Keys);
        }

        await using RunningSilo again = await Start();
        Assert.Equal(made.Keys, (await Keys(again)).Keys);
    }

    [Fact]
    public async Task Stored_document_has_no_private_part_of_a_key()
    {
        KeySet keys;
        await using (RunningSilo silo = await Start())
        {
            await silo.Grains.Registry().ReplaceFile([WithRs256("legacy")]);
            keys = await Keys(silo);
        }

        byte[] stored =
        [
            .. Directory
                .EnumerateFiles(_directory, "*", SearchOption.AllDirectories)
                .SelectMany(File.ReadAllBytes),
        ];
        TokenKey key = keys.Keys[0];
        Assert.True(stored.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key.Id.Value)) >= 0);
        foreach (SecretBytes secret in new[] { key.Ecdsa, key.Rsa!, key.Symmetric })
        {
            // From the middle, where each encoding begins anew, and short: its rest may be on another page.
            ReadOnlySpan<byte> part = secret.AsSpan().Slice(secret.AsSpan().Length / 6 * 3, 15);
            Assert.Equal(-1, stored.AsSpan().IndexOf(part));
            Assert.Equal(-1, stored.AsSpan().IndexOf(Ascii(Base64Url.EncodeToString(part))));
            Assert.Equal(-1, stored.AsSpan().IndexOf(Ascii(Convert.ToBase64String(part))));
        }
    }

    [Fact]
    public async Task SIGNING_KEYS_are_the_first_keys_and_not_read_again()
    {
        using ECDsa given = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa later = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using (RunningSilo silo = await Start(signingKeys: given.ExportPkcs8PrivateKeyPem()))
            Assert.Equal(Public(given), Public(Assert.Single((await Keys(silo)).Keys)));

        await using RunningSilo again = await Start(signingKeys: later.ExportPkcs8PrivateKeyPem());
        Assert.Equal(Public(given), Public(Assert.Single((await Keys(again)).Keys)));
    }

    [Fact]
    public async Task Without_its_data_key_the_registry_answers_nothing_and_makes_no_other_key()
    {
        KeySet made;
        await using (RunningSilo silo = await Start())
            made = await Keys(silo);

        await using (RunningSilo silo = await Start(NewerDataKey))
        {
            await Assert.ThrowsAsync<KeysUnreadableException>(() => Keys(silo));
            await Assert.ThrowsAsync<KeysUnreadableException>(() =>
                silo.Grains.Registry().AddKey(KeyId.New(), TimeSpan.Zero)
            );
        }

        await using RunningSilo again = await Start();
        Assert.Equal(made.Keys, (await Keys(again)).Keys);
    }

    [Fact]
    public async Task Keys_are_encrypted_with_the_newest_data_key_at_the_next_change()
    {
        KeySet made;
        await using (RunningSilo silo = await Start())
            made = await Keys(silo);
        await using (RunningSilo silo = await Start($"{NewerDataKey},{DataKey}"))
            await silo.Grains.Registry().ReplaceFile([Proxied("shop")]);

        await using RunningSilo again = await Start(NewerDataKey);
        Assert.Equal(made.Keys, (await Keys(again)).Keys);
    }

    [Fact]
    public async Task Added_key_is_published_before_it_signs()
    {
        await using RunningSilo silo = await Start();
        KeyDescription first = Assert.Single(await silo.Grains.Registry().ListKeys());
        KeyId second = KeyId.New();

        KeyDescription? added = await silo.Grains.Registry().AddKey(second, s_day);

        Assert.Equal((second, false), (added!.Id, added.Signs));
        Assert.Equal(
            [(first.Id, true), (second, false)],
            (await silo.Grains.Registry().ListKeys()).Select(key => (key.Id, key.Signs))
        );
        Assert.NotNull((await Keys(silo)).Find(second));

        _clock.Advance(s_day);
        IReadOnlyList<KeyDescription> later = await silo.Grains.Registry().ListKeys();
        Assert.Equal([false, true], later.Select(key => key.Signs));
        Assert.Equal(added.SignsFrom, later[0].SignsUntil);
        Assert.Equal(KeyRemoval.Removed, await silo.Grains.Registry().RemoveKey(first.Id));
        Assert.Equal([second], (await Keys(silo)).Keys.Select(key => key.Id));
    }

    [Fact]
    public async Task Key_is_added_once_however_often_the_call_is_repeated_and_removed_likewise()
    {
        await using RunningSilo silo = await Start();
        IRegistryGrain registry = silo.Grains.Registry();
        KeyId id = KeyId.New();
        Assert.Single(await registry.ListKeys());

        using (silo.Storage.LoseAnswers(IRegistryGrain.Key))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => registry.AddKey(id, s_day));
            await Assert.ThrowsAsync<OutcomeUnknownException>(registry.ListKeys);
        }

        await Eventually.Succeeds<OrleansException>(async () =>
            Assert.Equal(id, (await registry.AddKey(id, s_day))!.Id)
        );
        Assert.Equal(2, (await registry.ListKeys()).Count);

        Assert.Equal(KeyRemoval.Removed, await registry.RemoveKey(id));
        Assert.Equal(KeyRemoval.NotFound, await registry.RemoveKey(id));
    }

    [Fact]
    public async Task Signing_key_cannot_be_removed_and_a_ninth_cannot_be_added()
    {
        await using RunningSilo silo = await Start();
        IRegistryGrain registry = silo.Grains.Registry();
        KeyId first = (await registry.ListKeys())[0].Id;

        Assert.Equal(KeyRemoval.Signing, await registry.RemoveKey(first));
        for (int more = 1; more < KeySet.MostKeys; more++)
            Assert.NotNull(await registry.AddKey(KeyId.New(), s_day));
        Assert.Null(await registry.AddKey(KeyId.New(), s_day));
        Assert.Equal(KeySet.MostKeys, (await registry.ListKeys()).Count);
    }

    [Fact]
    public async Task Removal_of_a_key_waits_for_a_node_that_may_still_use_it()
    {
        await using RunningSilo silo = await Start();
        IRegistryGrain registry = silo.Grains.Registry();
        KeyId first = (await registry.ListKeys())[0].Id;
        await registry.AddKey(KeyId.New(), TimeSpan.Zero);
        RegistryContent copy = (await registry.Ask(new(Guid.NewGuid()), known: null)).Content!;
        long asked = TimeProvider.System.GetTimestamp();

        Assert.Equal(KeyRemoval.Removed, await registry.RemoveKey(first));

        Assert.NotNull(copy.Keys.Find(first));
        Assert.True(
            TimeProvider.System.GetElapsedTime(asked) >= LeaseRules.Default.Length,
            "It was answered while the copy could still be used."
        );
    }

    [Fact]
    public async Task Rsa_keys_are_made_when_an_application_asks_for_them_first()
    {
        await using RunningSilo silo = await Start();
        await silo.Grains.Registry().ReplaceFile([Proxied("shop")]);
        Assert.False(Assert.Single(await silo.Grains.Registry().ListKeys()).HasRsa);
        KeySet before = await Keys(silo);

        await silo.Grains.Registry().ReplaceFile([Proxied("shop"), WithRs256("legacy")]);

        Assert.True(Assert.Single(await silo.Grains.Registry().ListKeys()).HasRsa);
        Assert.Equal(before.Keys[0].Ecdsa, (await Keys(silo)).Keys[0].Ecdsa);
        KeyDescription? next = await silo.Grains.Registry().AddKey(KeyId.New(), s_day);
        Assert.True(next!.HasRsa);
    }

    private Task<RunningSilo> Start(string dataKeys = DataKey, string? signingKeys = null) =>
        RunningSilo.Start(
            services =>
                services
                    .Configure<DataKeyOptions>(options => options.DataKeys = dataKeys)
                    .Configure<SigningKeyOptions>(options => options.SigningKeys = signingKeys),
            _directory,
            _clock
        );

    private static async Task<KeySet> Keys(RunningSilo silo) =>
        (await silo.Grains.Registry().Ask(new(Guid.NewGuid()), known: null)).Content!.Keys;

    private static Application WithRs256(string id) =>
        new()
        {
            Id = ClientId.Parse(id),
            Name = id,
            Kind = ApplicationKind.Confidential,
            RedirectUris = [$"https://{id}.example.com/callback"],
            SecretHashes = [new('A', 43)],
            IdentityTokenAlgorithm = IdentityTokenAlgorithm.RS256,
        };

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static string Public(ECDsa key) =>
        Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string Public(TokenKey key)
    {
        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.Ecdsa.AsSpan(), out _);
        return Public(ecdsa);
    }
}
