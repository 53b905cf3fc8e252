using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Tests.Registry;

/// <summary>Which changes take something away that a copy from before still has.</summary>
public sealed class RegistryChangeTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly KeySet s_keys = KeySet.New(s_now);

    private static readonly Application s_wiki = new()
    {
        Id = ClientId.Parse("wiki"),
        Name = "Wiki",
        Kind = ApplicationKind.Confidential,
        Origins = ["https://wiki.example.com"],
        RedirectUris = ["https://wiki.example.com/callback"],
        PostLogoutRedirectUris = ["https://wiki.example.com/"],
        SecretHashes = ["hash"],
        Scopes = ["openid"],
    };

    public static TheoryData<string, Application> Extended =>
        new()
        {
            { "nothing", s_wiki with { Origins = [.. s_wiki.Origins] } },
            { "a name", s_wiki with { Name = "Handbook" } },
            { "an origin", s_wiki with { Origins = ["https://a.example.com", .. s_wiki.Origins] } },
            { "an address", s_wiki with { RedirectUris = [.. s_wiki.RedirectUris, "https://b"] } },
            {
                "an address after sign-out",
                s_wiki with
                {
                    PostLogoutRedirectUris = [.. s_wiki.PostLogoutRedirectUris, "https://b"],
                }
            },
            { "a secret", s_wiki with { SecretHashes = ["other", .. s_wiki.SecretHashes] } },
            { "a scope", s_wiki with { Scopes = ["email", .. s_wiki.Scopes] } },
        };

    public static TheoryData<string, Application> Narrowed =>
        new()
        {
            { "an origin", s_wiki with { Origins = [] } },
            { "an address", s_wiki with { RedirectUris = ["https://wiki.example.com/other"] } },
            { "an address after sign-out", s_wiki with { PostLogoutRedirectUris = [] } },
            { "a secret", s_wiki with { SecretHashes = ["other"] } },
            { "a scope", s_wiki with { Scopes = ["email"] } },
            { "the kind", s_wiki with { Kind = ApplicationKind.Public } },
            { "one factor", s_wiki with { RequiresSecondFactor = true } },
            { "an old proof", s_wiki with { MaxAuthenticationAge = TimeSpan.FromHours(1) } },
            { "the audience", s_wiki with { Audience = "https://api.example.com" } },
        };

    [Theory]
    [MemberData(nameof(Extended))]
    public void Extended_entry_takes_nothing_away(string what, Application next) =>
        Assert.False(Change([s_wiki], [next]).TakesAway, what);

    [Theory]
    [MemberData(nameof(Narrowed))]
    public void Narrowed_entry_takes_something_away(string what, Application next)
    {
        RegistryChange change = Change([s_wiki], [next]);

        Assert.True(change.TakesAway, what);
        Assert.Empty(change.RemovedApplications);
    }

    [Fact]
    public void Added_application_takes_nothing_away() =>
        Assert.False(Change([], [s_wiki]).TakesAway);

    [Fact]
    public void Removed_application_is_named()
    {
        RegistryChange change = Change(
            [s_wiki, s_wiki with { Id = ClientId.Parse("shop") }],
            [s_wiki]
        );

        Assert.True(change.TakesAway);
        Assert.Equal(["shop"], change.RemovedApplications.Select(id => id.Value));
    }

    [Fact]
    public void Removed_key_is_named_and_an_added_one_takes_nothing_away()
    {
        KeySet two = new([.. s_keys.Keys, TokenKey.New(KeyId.New(), s_now, TimeSpan.FromDays(1))]);

        Assert.False(Between(new(1, ApplicationSet.None, s_keys), two).TakesAway);
        RegistryChange change = Between(new(1, ApplicationSet.None, two), s_keys);
        Assert.True(change.TakesAway);
        Assert.Equal([two.Keys[1].Id], change.RemovedKeys);
    }

    private static RegistryChange Between(RegistryContent before, KeySet keys) =>
        RegistryChange.Between(before, before with { Version = 2, Keys = keys });

    private static RegistryChange Change(Application[] before, Application[] after) =>
        RegistryChange.Between(new(1, new(before), s_keys), new(2, new(after), s_keys));
}
