using System.Security.Cryptography;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Domain.Tests.Keys;

/// <summary>Which key signs, which are published, and which can be removed.</summary>
public sealed class KeySetTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public void First_key_signs_at_once()
    {
        KeySet keys = KeySet.New(s_now);

        TokenKey only = Assert.Single(keys.Keys);
        Assert.Equal(only, keys.Signing(s_now));
    }

    [Fact]
    public void New_key_is_published_before_it_signs()
    {
        KeySet first = KeySet.New(s_now);
        (KeySet keys, TokenKey added) = Added(first, s_now, s_day);
        TokenKey old = first.Keys[0];

        DateTimeOffset before = s_now + s_day - TimeSpan.FromTicks(1);
        Assert.Equal(old, keys.Signing(before));
        Assert.Equal([old, added], keys.Published(before));
        Assert.Equal(s_now + s_day, keys.SignsUntil(old.Id));
        Assert.Null(keys.SignsUntil(added.Id));

        Assert.Equal(added, keys.Signing(s_now + s_day));
    }

    [Fact]
    public void Key_that_has_stopped_signing_stays_published_until_it_is_removed()
    {
        KeySet first = KeySet.New(s_now);
        (KeySet keys, TokenKey added) = Added(first, s_now, s_day);
        TokenKey old = first.Keys[0];
        DateTimeOffset muchLater = s_now + TimeSpan.FromDays(3650);

        Assert.Equal([added, old], keys.Published(muchLater));
        Assert.Equal(old, keys.Find(old.Id));

        KeySet left = Removed(keys, old.Id, muchLater);
        Assert.Equal([added], left.Keys);
        Assert.Null(left.Find(old.Id));
    }

    [Fact]
    public void Published_keys_begin_with_the_signing_one_and_go_on_with_the_newest()
    {
        (KeySet two, TokenKey second) = Added(KeySet.New(s_now), s_now, TimeSpan.FromHours(1));
        (KeySet keys, TokenKey third) = Added(two, s_now, TimeSpan.FromHours(2));
        TokenKey first = two.Keys[0];

        Assert.Equal([first, third, second], keys.Published(s_now));
        Assert.Equal([second, third, first], keys.Published(s_now + TimeSpan.FromHours(1)));
        Assert.Equal([third, second, first], keys.Published(s_now + TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Key_added_later_that_signs_sooner_gives_way_to_the_one_added_before()
    {
        (KeySet two, TokenKey planned) = Added(KeySet.New(s_now), s_now, s_day);
        (KeySet keys, TokenKey urgent) = Added(two, s_now, TimeSpan.Zero);

        Assert.Equal(urgent, keys.Signing(s_now));
        Assert.Equal(planned, keys.Signing(s_now + s_day));
        Assert.Equal(s_now + s_day, keys.SignsUntil(urgent.Id));
    }

    [Fact]
    public void First_key_signs_also_by_a_clock_that_is_behind()
    {
        (KeySet keys, _) = Added(KeySet.New(s_now), s_now, s_day);

        Assert.Equal(keys.Keys[0], keys.Signing(s_now - s_day));
    }

    [Fact]
    public void Signing_key_cannot_be_removed()
    {
        (KeySet keys, TokenKey added) = Added(KeySet.New(s_now), s_now, s_day);
        TokenKey old = keys.Keys[0];

        Assert.IsType<RemoveKeyResult.Signing>(keys.Remove(old.Id, s_now));
        Assert.IsType<RemoveKeyResult.Signing>(keys.Remove(added.Id, s_now + s_day));
        Assert.IsType<RemoveKeyResult.Signing>(
            Removed(keys, old.Id, s_now + s_day).Remove(added.Id, s_now - s_day)
        );
    }

    [Fact]
    public void Key_that_does_not_sign_yet_can_be_removed()
    {
        (KeySet keys, TokenKey added) = Added(KeySet.New(s_now), s_now, s_day);

        KeySet left = Removed(keys, added.Id, s_now);

        Assert.Equal(keys.Keys[0], left.Signing(s_now + s_day));
        Assert.IsType<RemoveKeyResult.NotFound>(left.Remove(added.Id, s_now));
    }

    [Fact]
    public void Ninth_key_is_refused_until_one_is_removed()
    {
        KeySet keys = KeySet.New(s_now);
        for (int more = 1; more < KeySet.MostKeys; more++)
            (keys, _) = Added(keys, s_now, TimeSpan.FromHours(more));

        Assert.IsType<AddKeyResult.TooMany>(keys.Add(KeyId.New(), s_now, s_day));

        KeySet left = Removed(keys, keys.Keys[3].Id, s_now);
        Assert.Equal(KeySet.MostKeys, Added(left, s_now, s_day).Next.Keys.Count);
    }

    [Fact]
    public void Repeated_addition_adds_nothing()
    {
        (KeySet keys, TokenKey added) = Added(KeySet.New(s_now), s_now, s_day);

        AddKeyResult.Added again = Assert.IsType<AddKeyResult.Added>(
            keys.Add(added.Id, s_now + s_day, TimeSpan.Zero)
        );

        Assert.Equal(added, again.Key);
        Assert.Equal(keys.Keys, again.Next.Keys);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(91 * 24)]
    public void Key_that_would_sign_before_it_is_added_or_much_later_is_refused(int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            KeySet.New(s_now).Add(KeyId.New(), s_now, TimeSpan.FromHours(hours))
        );

    [Fact]
    public void Set_without_a_key_with_too_many_or_with_one_twice_is_refused()
    {
        TokenKey key = TokenKey.New(KeyId.New(), s_now, TimeSpan.Zero);
        IEnumerable<TokenKey> many = Enumerable
            .Range(0, KeySet.MostKeys + 1)
            .Select(_ => TokenKey.New(KeyId.New(), s_now, TimeSpan.Zero));

        Assert.Throws<ArgumentException>(() => new KeySet([]));
        Assert.Throws<ArgumentException>(() => new KeySet(many));
        Assert.Throws<ArgumentException>(() => new KeySet([key, key with { CreatedAt = s_now }]));
    }

    [Fact]
    public void Rsa_keys_are_made_for_the_keys_that_sign_now_or_will_once_they_are_asked_for()
    {
        (KeySet two, TokenKey second) = Added(KeySet.New(s_now), s_now, TimeSpan.FromHours(1));
        (KeySet keys, TokenKey third) = Added(two, s_now, TimeSpan.FromHours(2));
        DateTimeOffset now = s_now + TimeSpan.FromHours(1);
        Assert.All(keys.Keys, key => Assert.Null(key.Rsa));
        Assert.True(keys.LacksRsa(now));

        KeySet with = keys.WithRsa(now);

        Assert.False(with.LacksRsa(now));
        Assert.Null(with.Keys[0].Rsa);
        Assert.Equal(2048, RsaBits(with.Find(second.Id)!));
        Assert.Equal(2048, RsaBits(with.Find(third.Id)!));
        Assert.Equal(with.Keys, with.WithRsa(now).Keys);
        Assert.NotNull(Added(with, now, s_day).Key.Rsa);
    }

    [Fact]
    public void Keys_are_not_printed()
    {
        KeySet keys = KeySet.New(s_now).WithRsa(s_now);
        TokenKey key = keys.Keys[0];

        Assert.Equal(key.Id.Value, keys.ToString());
        Assert.Contains(
            "Ecdsa = [redacted], Rsa = [redacted]",
            key.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("Symmetric = [redacted]", key.ToString(), StringComparison.Ordinal);
    }

    private static (KeySet Next, TokenKey Key) Added(
        KeySet keys,
        DateTimeOffset now,
        TimeSpan after
    )
    {
        AddKeyResult.Added added = Assert.IsType<AddKeyResult.Added>(
            keys.Add(KeyId.New(), now, after)
        );
        return (added.Next, added.Key);
    }

    private static KeySet Removed(KeySet keys, KeyId id, DateTimeOffset now) =>
        Assert.IsType<RemoveKeyResult.Removed>(keys.Remove(id, now)).Next;

    private static int RsaBits(TokenKey key)
    {
        using RSA rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Rsa!.AsSpan(), out _);
        return rsa.KeySize;
    }
}
