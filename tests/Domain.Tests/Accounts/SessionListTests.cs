using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The list of sessions after each session was asked for its state.</summary>
public sealed class SessionListTests
{
    [Fact]
    public void Unchanged_list_is_the_same_instance()
    {
        Account account = Given.WithSessions(3);

        Assert.Same(
            account,
            account.Pruned(
                [
                    new FoundSession.Live(Given.Device, Given.Now),
                    new FoundSession.Unknown(),
                    new FoundSession.Missing(),
                ],
                Given.Now
            )
        );
    }

    [Fact]
    public void Session_without_an_IP_address_has_not_moved()
    {
        Account account = Given.Registered();

        Account pruned = account.Pruned(
            [new FoundSession.Live(Given.Device with { Ip = "" }, Given.Now)],
            Given.Now
        );
        Account back = pruned.Pruned([new FoundSession.Live(Given.Device, Given.Now)], Given.Now);

        Assert.Null(Assert.Single(pruned.Sessions).Ip);
        Assert.Equal(account.Activity, pruned.Activity);
        Assert.Equal(Given.Device.Ip, Assert.Single(back.Sessions).Ip);
        Assert.Equal(account.Activity, back.Activity);
    }

    [Fact]
    public void Moved_session_records_both_IP_addresses_and_the_time()
    {
        ClientDevice moved = Given.Device with { Ip = "198.51.100.1" };
        DateTimeOffset seen = Given.Now + TimeSpan.FromHours(1);

        Account pruned = Given
            .Registered()
            .Pruned([new FoundSession.Live(moved, seen)], seen + TimeSpan.FromHours(1));

        Assert.Equal(
            new(seen, AccountEventKind.RefreshedElsewhere, Device: moved, Detail: Given.Device.Ip),
            pruned.Activity[0]
        );
    }

    [Fact]
    public void Last_ten_ended_sessions_are_shown_latest_first_and_all_are_asked_to_forget()
    {
        EndedSession earliest = Ended("earliest", -1);
        Account account = Given.WithSessions(9) with
        {
            Ended = [earliest, Ended("too early", -2)],
            RemovingDeviceData = ["earlier"],
        };
        FoundSession[] found =
        [
            .. account.Sessions.Select(
                (listed, i) => new FoundSession.HasEnded(Ended(listed.Id, i))
            ),
        ];

        Account pruned = account.Pruned(found, Given.Now);

        string[] ids = [.. account.Sessions.Select(listed => listed.Id)];
        Assert.Empty(pruned.Sessions);
        Assert.Equal([.. ids.Reverse(), "earliest"], pruned.Ended.Select(ended => ended.Id));
        Assert.Equal(["earlier", .. ids], pruned.RemovingDeviceData);
        Assert.Equal(
            new(
                Given.Now.AddMinutes(8),
                AccountEventKind.SessionEnded,
                Device: Given.Device,
                Reason: SessionEndReason.SignedOut
            ),
            pruned.Activity[0]
        );
    }

    [Fact]
    public void Ending_all_others_keeps_the_endings_that_were_scheduled_before()
    {
        EndingSession earlier = new("earlier", SessionEndReason.PasswordChanged);
        Account account = Given.WithSessions(3) with { Ending = [earlier] };

        AccountDecision<EndSessionsResult> decision = account.EndSessions(
            Given.CallerOf(account),
            includeCurrent: false,
            Given.Context()
        );

        Assert.Equal(
            [
                earlier,
                .. account
                    .Sessions.Skip(1)
                    .Select(listed => new EndingSession(listed.Id, SessionEndReason.RevokedByUser)),
            ],
            decision.Next!.Ending
        );
        Assert.Equal(decision.Next.Ending.Skip(1), decision.Ends);
        Assert.Equal([account.Devices[0]], decision.Next.Devices);
        Assert.Equal(Finishing.Required, decision.Finishing);
        Assert.IsType<EndSessionsResult.Ended>(decision.Result(new()));
    }

    private static EndedSession Ended(string id, int minutes) =>
        new(
            id,
            Given.Device,
            Given.Now,
            Given.Now,
            Given.Now,
            Given.Now.AddMinutes(minutes),
            SessionEndReason.SignedOut
        );
}
