using System.Text.Json;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Tests.Sessions.Grants;

/// <summary>The applications that a session was handed to.</summary>
public sealed class GrantTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId s_user = UserId.New(s_start);
    private static readonly ClientId s_shop = ClientId.Parse("shop");
    private static readonly ClientId s_wiki = ClientId.Parse("wiki");
    private static readonly SessionRules s_rules = new(
        IdleTimeout: TimeSpan.FromDays(30),
        BriefIdleTimeout: TimeSpan.FromHours(12),
        AbsoluteTimeout: TimeSpan.FromDays(90),
        RefreshGrace: TimeSpan.FromSeconds(10)
    );

    private DateTimeOffset _now = s_start;
    private Session _session = Begin();

    [Fact]
    public void Code_opens_a_grant_with_the_proof_of_its_issue()
    {
        GrantOpening code = Code(s_shop) with
        {
            Scopes = ["openid", "email"],
            AuthenticatedAt = s_start.AddMinutes(-5),
            AuthenticationMethods = [AuthenticationMethod.Passkey],
        };

        Assert.IsType<OpenGrantResult.Opened>(Open(code));

        GrantStanding grant = Check(code)!;
        Assert.Equal(["openid", "email"], grant.Scopes);
        Assert.Equal(s_start.AddMinutes(-5), grant.AuthenticatedAt);
        Assert.Equal([AuthenticationMethod.Passkey], grant.AuthenticationMethods);
    }

    [Fact]
    public void Step_up_of_the_session_does_not_change_what_an_application_was_told()
    {
        GrantOpening code = Code(s_shop);
        Open(code);

        _now += TimeSpan.FromHours(1);
        Carry(_session.Prove(s_user, new([AuthenticationMethod.Passkey]), _now));

        Assert.Equal(s_start, Check(code)!.AuthenticatedAt);
        Assert.Equal([AuthenticationMethod.Password], Check(code)!.AuthenticationMethods);
    }

    [Fact]
    public void Second_use_of_a_code_ends_its_grant()
    {
        GrantOpening code = Code(s_shop);
        Open(code);

        Assert.IsType<OpenGrantResult.UsedBefore>(Open(code));

        Assert.Null(Check(code));
        Assert.IsType<OpenGrantResult.UsedBefore>(Open(code));
    }

    [Fact]
    public void Code_of_a_callback_that_a_proxy_repeats_opens_the_same_grant_again()
    {
        GrantOpening code = Code(s_shop) with { IsRepeatable = true };
        OpenGrantResult.Opened first = Assert.IsType<OpenGrantResult.Opened>(Open(code));

        OpenGrantResult.Opened second = Assert.IsType<OpenGrantResult.Opened>(Open(code));

        Assert.Equal(first.Grant, second.Grant);
        Assert.Single(_session.Saved.Grants!.Open);
    }

    [Fact]
    public void Repeatable_code_does_not_revive_a_grant_that_has_ended()
    {
        GrantOpening code = Code(s_shop) with { IsRepeatable = true };
        Open(code);
        Carry(_session.EndGrant(code.Id, s_shop, _now));

        Assert.IsType<OpenGrantResult.UsedBefore>(Open(code));
        Assert.Null(Check(code));
    }

    [Fact]
    public void Code_is_refused_from_the_time_of_its_expiry()
    {
        GrantOpening code = Code(s_shop);
        _now = code.ExpiresAt;

        Assert.IsType<OpenGrantResult.Expired>(Open(code));
    }

    [Fact]
    public void Ended_grant_is_remembered_until_its_code_has_expired()
    {
        GrantOpening code = Code(s_shop);
        _now = code.ExpiresAt - TimeSpan.FromTicks(1);
        Open(code);
        Carry(_session.EndGrant(code.Id, s_shop, _now));

        _now += SessionGrants.LongestCode - TimeSpan.FromTicks(1);
        Open(Code(s_wiki));
        Assert.Single(_session.Saved.Grants!.Ended);

        _now += TimeSpan.FromTicks(1);
        Open(Code(s_wiki));
        Assert.Empty(_session.Saved.Grants!.Ended);
    }

    [Fact]
    public void Restricted_session_is_handed_to_no_application()
    {
        _session = Begin(restricted: true);

        Assert.IsType<OpenGrantResult.NotLive>(Open(Code(s_shop)));
    }

    [Fact]
    public void Revoked_session_is_handed_to_no_application_and_its_grants_have_ended()
    {
        GrantOpening code = Code(s_shop);
        Open(code);

        Carry(_session.Revoke(SessionEndReason.SignedOut, s_user, _now));

        Assert.Null(Check(code));
        Assert.IsType<OpenGrantResult.NotLive>(Open(Code(s_shop)));
        Assert.IsType<RefreshGrantResult.NotLive>(Refresh(code, 1));
    }

    [Fact]
    public void Grant_is_of_no_use_to_another_application()
    {
        GrantOpening code = Code(s_shop);
        Open(code);

        Assert.Null(Check(code with { Application = s_wiki }));
        Assert.IsType<RefreshGrantResult.NotLive>(Refresh(code with { Application = s_wiki }, 1));
        Assert.False(Carry(_session.EndGrant(code.Id, s_wiki, _now)));
        Assert.NotNull(Check(code));
    }

    [Fact]
    public void With_a_sixth_grant_of_an_application_its_oldest_ends()
    {
        GrantOpening other = Code(s_wiki);
        Open(other);
        GrantOpening[] codes = [.. Enumerable.Range(0, 6).Select(_ => Code(s_shop))];
        Assert.All(codes, code => Assert.IsType<OpenGrantResult.Opened>(Open(code)));

        Assert.Null(Check(codes[0]));
        Assert.All(codes[1..], code => Assert.NotNull(Check(code)));
        Assert.NotNull(Check(other));
    }

    [Fact]
    public void With_a_fifty_first_grant_the_oldest_ends()
    {
        GrantOpening[] codes =
        [
            .. Enumerable
                .Range(0, SessionGrants.MostOpen + 1)
                .Select(number => Code(ClientId.Parse($"app-{number}"))),
        ];
        Assert.All(codes, code => Assert.IsType<OpenGrantResult.Opened>(Open(code)));

        Assert.Null(Check(codes[0]));
        Assert.All(codes[1..], code => Assert.NotNull(Check(code)));
    }

    [Fact]
    public void New_grant_takes_the_place_of_the_one_that_the_browser_had()
    {
        GrantOpening[] codes = [Code(s_shop), Code(s_shop)];
        Assert.All(codes, code => Open(code));

        GrantOpening next = Code(s_shop) with { Replaces = codes[0].Id };
        Open(next);

        Assert.Null(Check(codes[0]));
        Assert.NotNull(Check(codes[1]));
        Assert.NotNull(Check(next));
    }

    [Fact]
    public void Grant_does_not_take_the_place_of_another_applications()
    {
        GrantOpening wiki = Code(s_wiki);
        Open(wiki);

        Open(Code(s_shop) with { Replaces = wiki.Id });

        Assert.NotNull(Check(wiki));
    }

    [Fact]
    public void No_grant_is_opened_while_too_many_ended_ones_are_remembered()
    {
        foreach (int _ in Enumerable.Range(0, SessionGrants.MostEnded))
        {
            GrantOpening code = Code(s_shop);
            Open(code);
            Carry(_session.EndGrant(code.Id, s_shop, _now));
        }

        Assert.IsType<OpenGrantResult.TooMany>(Open(Code(s_shop)));

        _now += SessionGrants.LongestCode;
        Assert.IsType<OpenGrantResult.Opened>(Open(Code(s_shop)));
    }

    [Fact]
    public void User_ends_all_grants_of_an_application_and_no_others()
    {
        GrantOpening[] shop = [Code(s_shop), Code(s_shop)];
        GrantOpening wiki = Code(s_wiki);
        Assert.All([.. shop, wiki], code => Open(code));

        Assert.False(Carry(_session.EndGrantsOf(UserId.New(s_start), s_shop, _now)));
        Assert.True(Carry(_session.EndGrantsOf(s_user, s_shop, _now)));
        Assert.False(Carry(_session.EndGrantsOf(s_user, s_shop, _now)));

        Assert.All(shop, code => Assert.Null(Check(code)));
        Assert.NotNull(Check(wiki));
    }

    [Fact]
    public void Refresh_token_whose_answer_was_lost_is_answered_again()
    {
        GrantOpening code = Code(s_shop);
        Open(code);
        Assert.Equal(2, Generation(Refresh(code, 1)));

        _now += TimeSpan.FromDays(1);

        Assert.Equal(2, Generation(Refresh(code, 1)));
        Assert.Equal(3, Generation(Refresh(code, 2)));
    }

    [Fact]
    public void Reuse_of_a_superseded_refresh_token_ends_its_grant_alone()
    {
        GrantOpening code = Code(s_shop);
        GrantOpening other = Code(s_shop);
        Open(code);
        Open(other);
        Refresh(code, 1);
        _now += TimeSpan.FromMinutes(5);
        Refresh(code, 2);
        _now += TimeSpan.FromMinutes(5);

        RefreshGrantResult.Replayed replayed = Assert.IsType<RefreshGrantResult.Replayed>(
            Refresh(code, 1)
        );

        Assert.Equal((1, 3), (replayed.Presented, replayed.Newest));
        Assert.Null(Check(code));
        Assert.NotNull(Check(other));
        Assert.True(_session.IsLive(_now));
    }

    [Fact]
    public void Checks_and_refreshes_of_an_application_are_uses_of_the_session()
    {
        GrantOpening code = Code(s_shop);
        Open(code);

        _now += TimeSpan.FromDays(20);
        Check(code);
        _now += TimeSpan.FromDays(20);
        Refresh(code, 1);
        _now += TimeSpan.FromDays(20);

        Assert.NotNull(Check(code));
    }

    [Fact]
    public void Grants_are_stored_with_the_session()
    {
        GrantOpening code = Code(s_shop);
        GrantOpening ended = Code(s_wiki);
        Open(code);
        Open(ended);
        Carry(_session.EndGrant(ended.Id, s_wiki, _now));
        Refresh(code, 1);

        SessionState read = JsonSerializer.Deserialize<SessionState>(
            JsonSerializer.Serialize(_session.Saved)
        )!;
        _session = Session.Load(_session.Id, read, s_rules);

        Assert.NotNull(Check(code));
        Assert.Equal(2, Generation(Refresh(code, 1)));
        Assert.IsType<OpenGrantResult.UsedBefore>(Open(ended));
    }

    [Theory]
    [InlineData("shop", true)]
    [InlineData("a", true)]
    [InlineData("shop-2", true)]
    [InlineData("", false)]
    [InlineData("2shop", false)]
    [InlineData("-shop", false)]
    [InlineData("Shop", false)]
    [InlineData("shop_2", false)]
    [InlineData("shöp", false)]
    public void Application_ids_are_short_and_plain(string text, bool isValid) =>
        Assert.Equal(isValid, ClientId.TryParse(text, out _));

    [Fact]
    public void Application_id_has_64_characters_at_most()
    {
        Assert.True(ClientId.TryParse(new('a', 64), out _));
        Assert.False(ClientId.TryParse(new('a', 65), out _));
    }

    private static Session Begin(bool restricted = false) =>
        Session.Begin(
            SessionId.New(),
            new(
                s_user,
                ClientDevice.Removed,
                Persistent: true,
                new([AuthenticationMethod.Password], restricted)
            ),
            s_rules,
            s_start
        );

    private static long Generation(RefreshGrantResult result) =>
        Assert.IsType<RefreshGrantResult.Refreshed>(result).Generation;

    private GrantOpening Code(ClientId application) =>
        new(
            GrantId.New(),
            application,
            ["openid"],
            s_start,
            [AuthenticationMethod.Password],
            _now + SessionGrants.LongestCode
        );

    private OpenGrantResult Open(GrantOpening code) => Carry(_session.OpenGrant(code, _now));

    private RefreshGrantResult Refresh(GrantOpening code, long generation) =>
        Carry(_session.RefreshGrant(code.Id, code.Application, generation, _now));

    private GrantStanding? Check(GrantOpening code)
    {
        (GrantStanding? grant, _session) = _session.CheckGrant(code.Id, code.Application, _now);
        return grant;
    }

    private TResult Carry<TResult>(SessionDecision<TResult> decision)
    {
        _session = decision.Next;
        return decision.Result;
    }
}
