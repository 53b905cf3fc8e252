using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Leases;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Leases;

/// <summary>Grants of applications in the copies that holders answer from.</summary>
public sealed class LeasedGrantTests : IAsyncLifetime
{
    private static readonly ClientId s_shop = ClientId.Parse("shop");
    private static readonly ClientId s_wiki = ClientId.Parse("wiki");

    private readonly List<ControlledHolder> _holders = [];
    private RunningSilo _silo = null!;

    // Long enough for a test, where a lease must not pass.
    public async Task InitializeAsync() =>
        _silo = await RunningSilo.Start(services =>
            services.Configure<LeaseOptions>(options => options.Length = TimeSpan.FromMinutes(5))
        );

    // A silo that stops waits for the leases that it has granted.
    public async Task DisposeAsync()
    {
        foreach (ControlledHolder holder in _holders)
            await holder.Silo.GiveBack(holder.Id);
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task Copy_has_the_grants_of_the_session()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        GrantId shop = await Open(session, s_shop);
        ControlledHolder holder = await Hold(tokens);

        LeasedGrantCheck check = await session.CheckGrantFor(shop, s_shop, holder.Id);

        Assert.Equal(shop, check.Grant!.Id);
        Assert.Equal(tokens.User, check.Grant.User);
        Assert.Equal([shop], check.Session.Copy!.Grants.Select(grant => grant.Id));
    }

    [Fact]
    public async Task Refused_check_of_a_grant_brings_no_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        GrantId shop = await Open(session, s_shop);
        ControlledHolder holder = await Hold(tokens);

        LeasedGrantCheck check = await session.CheckGrantFor(shop, s_wiki, holder.Id);

        Assert.Null(check.Grant);
        Assert.Null(check.Session.Copy);
    }

    [Fact]
    public async Task End_of_a_grant_is_neither_visible_nor_answered_before_the_holder_has_dropped_its_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        GrantId shop = await Open(session, s_shop);
        ControlledHolder holder = await Hold(tokens);
        await session.CheckGrantFor(shop, s_shop, holder.Id);
        holder.Hang();

        Task<bool> ending = session.EndGrant(shop, s_shop);
        await holder.Recalled;
        GrantStanding? during = await session.CheckGrant(shop, s_shop);
        bool hadEnded = ending.IsCompleted;
        holder.Answer();

        Assert.NotNull(during);
        Assert.False(hadEnded);
        Assert.True(await ending);
        Assert.Null(await session.CheckGrant(shop, s_shop));
    }

    [Fact]
    public async Task Opening_a_grant_recalls_no_copy()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        ControlledHolder holder = await Hold(tokens);
        await holder.Check(tokens);
        holder.Hang();

        GrantId shop = await Open(session, s_shop);

        Assert.NotNull(await session.CheckGrant(shop, s_shop));
        Assert.Empty(holder.Recalls);
    }

    [Fact]
    public async Task Grant_that_takes_the_place_of_another_waits_for_its_copies()
    {
        (ISessionGrain session, SessionTokens tokens) = await _silo.StartSession();
        GrantId first = await Open(session, s_shop);
        ControlledHolder holder = await Hold(tokens);
        await session.CheckGrantFor(first, s_shop, holder.Id);

        GrantId second = await Open(session, s_shop, replaces: first);

        Assert.NotEmpty(holder.Recalls);
        Assert.Null(await session.CheckGrant(first, s_shop));
        Assert.NotNull(await session.CheckGrant(second, s_shop));
    }

    private async Task<GrantId> Open(
        ISessionGrain session,
        ClientId application,
        GrantId? replaces = null
    )
    {
        GrantId id = GrantId.New();
        DateTimeOffset now = _silo.Clock.GetUtcNow();
        OpenGrantResult result = await session.OpenGrant(
            new(
                id,
                application,
                ["openid"],
                now,
                [AuthenticationMethod.Password],
                now + SessionGrants.LongestCode,
                replaces
            )
        );
        Assert.IsType<OpenGrantResult.Opened>(result);
        return id;
    }

    private async Task<ControlledHolder> Hold(SessionTokens tokens)
    {
        ControlledHolder holder = await ControlledHolder.WithLease(_silo, tokens);
        _holders.Add(holder);
        return holder;
    }
}
