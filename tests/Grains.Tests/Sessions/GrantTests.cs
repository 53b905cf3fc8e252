using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>Applications that a session was handed to.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class GrantTests(SharedSilo shared)
{
    private static readonly ClientId s_shop = ClientId.Parse("shop");
    private static readonly ClientId s_wiki = ClientId.Parse("wiki");

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Grant_tells_its_application_who_has_signed_in_and_how()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);
        await Open(session, code);

        GrantStanding? standing = await session.CheckGrant(code.Id, s_shop);

        Assert.Equal(tokens.User, standing!.User);
        Assert.Equal(code.Scopes, standing.Scopes);
        Assert.Equal(code.AuthenticatedAt, standing.AuthenticatedAt);
        Assert.Equal(code.AuthenticationMethods, standing.AuthenticationMethods);
        Assert.Null(await session.CheckGrant(code.Id, s_wiki));
    }

    [Fact]
    public async Task Grant_survives_deactivation()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);
        await Open(session, code);

        await RunningSilo.Deactivate(session);

        Assert.NotNull(await session.CheckGrant(code.Id, s_shop));
        Assert.Equal([s_shop], await Applications(session));
    }

    [Fact]
    public async Task Revoked_session_has_no_grants_any_more()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);
        await Open(session, code);

        await session.Revoke(SessionEndReason.SignedOut, tokens.User);

        Assert.Null(await session.CheckGrant(code.Id, s_shop));
        Assert.IsType<RefreshGrantResult.NotLive>(await session.RefreshGrant(code.Id, s_shop, 1));
        Assert.IsType<OpenGrantResult.NotLive>(await session.OpenGrant(Code(s_shop)));
    }

    [Fact]
    public async Task Code_that_is_redeemed_many_times_at_once_opens_at_most_one_grant_and_ends_it()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);

        OpenGrantResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => session.OpenGrant(code))
        );

        Assert.Single(results.OfType<OpenGrantResult.Opened>());
        Assert.Equal(19, results.OfType<OpenGrantResult.UsedBefore>().Count());
        Assert.Null(await session.CheckGrant(code.Id, s_shop));
    }

    [Fact]
    public async Task Check_of_a_grant_counts_as_use_of_the_session()
    {
        (ISessionGrain session, _) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);
        await Open(session, code);
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset now = Silo.Clock.GetUtcNow();

        await session.CheckGrant(code.Id, s_shop);

        Assert.True((await session.Describe())!.LastSeenAt >= now);
    }

    [Fact]
    public async Task User_ends_the_access_of_one_application()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        GrantOpening shop = Code(s_shop);
        GrantOpening wiki = Code(s_wiki);
        await Open(session, shop);
        await Open(session, wiki);

        Assert.False(await session.EndGrantsOf(People.NewUser(), s_shop));
        Assert.True(await session.EndGrantsOf(tokens.User, s_shop));

        Assert.Null(await session.CheckGrant(shop.Id, s_shop));
        Assert.NotNull(await session.CheckGrant(wiki.Id, s_wiki));
        Assert.Equal([s_wiki], await Applications(session));
    }

    [Fact]
    public async Task Refresh_token_of_an_application_rotates_and_its_reuse_ends_the_grant_alone()
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        GrantOpening code = Code(s_shop);
        await Open(session, code);

        Assert.Equal(2, await Refresh(session, code, 1));
        // The answer was lost.
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, await Refresh(session, code, 1));
        Assert.Equal(3, await Refresh(session, code, 2));
        Silo.Clock.Advance(TimeSpan.FromMinutes(5));

        RefreshGrantResult reuse = await session.RefreshGrant(code.Id, s_shop, 1);

        Assert.IsType<RefreshGrantResult.Replayed>(reuse);
        Assert.Null(await session.CheckGrant(code.Id, s_shop));
        Assert.Equal(SessionStanding.Live, await session.Check(tokens.User, tokens.Generation));
    }

    [Fact]
    public async Task Session_that_is_not_known_has_no_grants()
    {
        ISessionGrain session = Silo.Grains.GetGrain<ISessionGrain>(SessionId.New().Value);

        Assert.IsType<OpenGrantResult.NotLive>(await session.OpenGrant(Code(s_shop)));
        Assert.Null(await session.CheckGrant(GrantId.New(), s_shop));
        Assert.False(await session.EndGrant(GrantId.New(), s_shop));
    }

    private GrantOpening Code(ClientId application)
    {
        DateTimeOffset now = Silo.Clock.GetUtcNow();
        return new(
            GrantId.New(),
            application,
            ["openid", "email"],
            now,
            [AuthenticationMethod.Password, AuthenticationMethod.Totp],
            now + SessionGrants.LongestCode
        );
    }

    private static async Task Open(ISessionGrain session, GrantOpening code) =>
        Assert.IsType<OpenGrantResult.Opened>(await session.OpenGrant(code));

    private static async Task<long> Refresh(
        ISessionGrain session,
        GrantOpening code,
        long generation
    ) =>
        Assert
            .IsType<RefreshGrantResult.Refreshed>(
                await session.RefreshGrant(code.Id, code.Application, generation)
            )
            .Generation;

    private static async Task<IEnumerable<ClientId>> Applications(ISessionGrain session) =>
        (await session.Describe())!.Applications.Select(opened => opened.Application);
}
