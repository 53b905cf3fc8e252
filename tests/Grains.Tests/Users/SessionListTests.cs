using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>Users see and end all their sessions, even when starting one has failed.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class SessionListTests(SharedSilo shared)
{
    private RunningSilo Silo => shared.Silo;

    [Fact]
    public async Task Listed_session_that_was_never_stored_is_pruned_after_a_minute()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        string missing = await FailToStart(user, first.User, Silo.Storage.Fail);

        SessionList soon = await user.ListSessions();
        bool listedSoon = Listed(first.User).Contains(missing);
        Silo.Clock.Advance(TimeSpan.FromMinutes(1));
        SessionList later = await user.ListSessions();

        Assert.Equal([first.Session], soon.Live.Select(session => session.Id));
        Assert.True(listedSoon);
        Assert.Equal([first.Session], later.Live.Select(session => session.Id));
        Assert.Equal([first.Session.Value], Listed(first.User));
        Assert.Empty(later.Ended);
    }

    [Fact]
    public async Task Session_whose_start_failed_but_was_stored_is_listed_and_can_be_ended()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        string stored = await FailToStart(user, first.User, Silo.Storage.LoseAnswers);
        ISessionGrain session = Silo.Grains.Session(SessionId.Parse(stored));
        await RunningSilo.Deactivate(session);

        await Eventually.Holds(async () => (await user.ListSessions()).Live.Count == 2);
        bool ended = await session.Revoke(SessionEndReason.RevokedByUser, first.User);

        Assert.True(ended);
        SessionList list = await user.ListSessions();
        Assert.Equal([first.Session], list.Live.Select(live => live.Id));
        Assert.Equal([stored], list.Ended.Select(past => past.Id.Value));
    }

    [Fact]
    public async Task Sign_in_whose_list_was_not_stored_starts_no_session()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();

        using (Silo.Storage.Fail(first.User.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => user.SignIn(People.SignIn()));

        SessionList list = await user.ListSessions();
        Assert.Equal([first.Session], list.Live.Select(session => session.Id));
        Assert.Empty(list.Ended);
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn()));
    }

    [Fact]
    public async Task Old_session_of_the_browser_stays_live_when_the_new_one_could_not_be_started()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();

        using (Silo.Storage.Fail("sessions"))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                user.SignIn(People.SignIn(replaces: first.Session))
            );
        }

        Assert.Equal(SessionStanding.Live, await Silo.Grains.Session(first.Session).Check(first));
    }

    [Fact]
    public async Task List_is_readable_when_it_cannot_be_stored_without_ended_sessions()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        SessionTokens second = await user.SignsIn();
        await Silo.Grains.Session(first.Session).Revoke(SessionEndReason.SignedOut, null);

        SessionList list;
        using (Silo.Storage.Fail(first.User.Value))
            list = await user.ListSessions();

        Assert.Equal([second.Session], list.Live.Select(session => session.Id));
        Assert.Equal([first.Session], list.Ended.Select(session => session.Id));
        Assert.Equal([first.Session], (await user.ListSessions()).Ended.Select(past => past.Id));
    }

    [Fact]
    public async Task Last_ten_ended_sessions_are_kept_latest_first()
    {
        (IUserGrain user, SessionTokens current) = await Silo.Register();
        List<SessionId> ended = [];
        for (int i = 0; i < 12; i++)
        {
            SessionTokens tokens = await user.SignsIn();
            Silo.Clock.Advance(TimeSpan.FromSeconds(1));
            await Silo.Grains.Session(tokens.Session).Revoke(SessionEndReason.SignedOut, null);
            ended.Insert(0, tokens.Session);
            if (i % 5 == 0)
                await user.ListSessions();
        }

        SessionList list = await user.ListSessions();

        Assert.Equal([current.Session], list.Live.Select(session => session.Id));
        Assert.Equal(ended.Take(10), list.Ended.Select(session => session.Id));
    }

    [Fact]
    public async Task Ending_all_others_leaves_the_calling_session_live()
    {
        (IUserGrain user, SessionTokens current) = await Silo.Register();
        await user.SignsIn();
        await user.SignsIn();

        await user.EndSessions(
            new CallerContext(current.Session, People.Device),
            includeCurrent: false
        );

        SessionList list = await user.ListSessions();
        Assert.Equal([current.Session], list.Live.Select(session => session.Id));
        Assert.All(
            list.Ended,
            past => Assert.Equal(SessionEndReason.RevokedByUser, past.EndReason)
        );
    }

    [Fact]
    public async Task Ending_all_others_includes_the_session_of_a_sign_in_under_way()
    {
        (IUserGrain user, SessionTokens current) = await Silo.Register();
        using HeldWrites held = Silo.Storage.Hold(current.User.Value);
        Task<SignInResult> signIn = user.SignIn(People.SignIn());
        await held.Reached;
        Task ending = user.EndSessions(
            new CallerContext(current.Session, People.Device),
            includeCurrent: false
        );

        held.Release();
        SessionTokens started = Assert.IsType<SignInResult.SignedIn>(await signIn).Tokens;
        await ending;

        Assert.Equal(
            SessionStanding.Ended,
            await Silo.Grains.Session(started.Session).Check(started)
        );
    }

    [Fact]
    public async Task Ending_all_sessions_that_failed_midway_can_be_repeated()
    {
        (IUserGrain user, SessionTokens current) = await Silo.Register();
        SessionTokens failing = await user.SignsIn();
        using (Silo.Storage.Fail(failing.Session.Value))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                user.EndSessions(
                    new CallerContext(current.Session, People.Device),
                    includeCurrent: true
                )
            );
        }

        SessionStanding after = await Silo.Grains.Session(current.Session).Check(current);
        await user.EndSessions(
            new CallerContext(current.Session, People.Device),
            includeCurrent: true
        );

        Assert.Equal(SessionStanding.Live, after);
        SessionList list = await user.ListSessions();
        Assert.Empty(list.Live);
        Assert.Equal(
            [SessionEndReason.SignedOut, SessionEndReason.RevokedByUser],
            list.Ended.Select(past => past.EndReason!.Value).Order()
        );
    }

    private IEnumerable<string> Listed(UserId user) =>
        Silo.Storage.Written<Account>(user.Value).Sessions.Select(session => session.Id);

    private async Task<string> FailToStart(
        IUserGrain user,
        UserId id,
        Func<string, IDisposable> fault
    )
    {
        using (fault("sessions"))
            await Assert.ThrowsAnyAsync<Exception>(() => user.SignIn(People.SignIn()));
        return Listed(id).Last();
    }
}
