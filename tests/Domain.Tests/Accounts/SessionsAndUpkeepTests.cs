using System.Text.Json;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Ending sessions, deletion, and scheduled work of an account.</summary>
public sealed class SessionsAndUpkeepTests
{
    private static readonly TimeSpan s_retention = new AccountRules().DeviceDataRetention;

    [Theory]
    [InlineData(true, typeof(EndSessionResult.Ended))]
    [InlineData(false, typeof(EndSessionResult.NotFound))]
    public void Ending_a_session_forgets_its_device(bool wasFound, Type result)
    {
        Account account = Given.WithSessions(2);
        SessionId other = SessionId.Parse(account.Sessions[1].Id);

        AccountDecision<EndSessionResult> decision = account.EndSession(
            Given.CallerOf(account),
            other,
            Given.Context()
        );

        Assert.Equal(
            new SessionRevocation(other, SessionEndReason.RevokedByUser),
            decision.Revokes
        );
        Assert.Null(decision.Next!.MarkOf(other));
        Assert.IsType(result, decision.Result(new(WasFound: wasFound)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ending_all_sessions_ends_the_calling_one_last_or_not_at_all(bool includeCurrent)
    {
        Account account = Given.WithSessions(3);
        Caller caller = Given.CallerOf(account);

        AccountDecision<EndSessionsResult> decision = account.EndSessions(
            caller,
            includeCurrent,
            Given.Context()
        );

        Assert.DoesNotContain(decision.Ends, ending => ending.Id == caller.Session.Value);
        Assert.Equal(2, decision.Ends.Count);
        Assert.Equal(includeCurrent, decision.Revokes is not null);
        Assert.Equal(includeCurrent ? 0 : 1, decision.Next!.Devices.Count);
        Assert.Equal(account.Stamp + 1, decision.Next.Stamp);
    }

    [Fact]
    public void Deleted_account_keeps_only_unfinished_work()
    {
        Account account = Given.WithSessions(2);
        Caller caller = Given.CallerOf(account, operation: OperationId.New());

        AccountDecision<DeleteResult> decision = account.Delete(caller, Given.Context());
        Account deleted = decision.Next!;

        Assert.Null(deleted.Email);
        Assert.Null(deleted.PasswordHash);
        Assert.Null(deleted.EmailVerifiedAt);
        Assert.Empty(deleted.Activity);
        Assert.Equal([Given.Email], deleted.Releasing);
        Assert.Equal(2, deleted.Ending.Count);
        Assert.Equal(MailKind.AccountDeleted, Assert.Single(deleted.Outbox).Kind);
        Assert.NotNull(deleted.ExpiresAt);
        Assert.Null(deleted.Delete(caller, Given.Context()).Next);
    }

    [Fact]
    public void Import_keeps_the_data_of_the_other_system_and_is_idempotent()
    {
        AccountDecision<ImportResult> decision = Account.Unused.Import(
            Given.Email,
            true,
            Given.Hash,
            new Secret("JBSWY3DPEHPK3PXP"),
            Given.Context()
        );

        Assert.NotNull(decision.Next!.OtpOf(AuthenticationMethod.Totp));
        Assert.Equal(Given.Now, decision.Next.EmailVerifiedAt);
        Assert.IsType<ImportResult.Imported>(
            decision.Next.BeforeImporting(Given.Email)!.Result(new())
        );
        Assert.IsType<ImportResult.IdTaken>(
            decision.Next.BeforeImporting(Given.OtherEmail)!.Result(new())
        );
    }

    [Theory]
    [InlineData(Given.Email, false)]
    [InlineData(Given.OtherEmail, true)]
    public void Account_does_not_release_the_email_that_it_owns(string email, bool isFree)
    {
        AccountDecision<bool> decision = Given
            .Registered()
            .ReleaseReservation(email, Given.Context());

        Assert.Equal(isFree, decision.Result(new()));
        Assert.Null(decision.Next);
    }

    [Fact]
    public void List_is_pruned_of_sessions_that_ended_or_never_existed()
    {
        Account account = Given.WithSessions(4);
        FoundSession[] found =
        [
            new FoundSession.Live(Given.Device, Given.Now),
            new FoundSession.HasEnded(
                new(
                    account.Sessions[1].Id,
                    Given.Device,
                    Given.Now,
                    Given.Now,
                    Given.Now,
                    Given.Now,
                    SessionEndReason.SignedOut
                )
            ),
            new FoundSession.Missing(),
            new FoundSession.Unknown(),
        ];

        Account soon = account.Pruned(found, Given.Now + TimeSpan.FromSeconds(59));
        Account later = account.Pruned(found, Given.Now + TimeSpan.FromMinutes(1));

        Assert.Equal(3, soon.Sessions.Count);
        Assert.Equal(
            [account.Sessions[0].Id, account.Sessions[3].Id],
            later.Sessions.Select(listed => listed.Id)
        );
        Assert.Equal(account.Sessions[1].Id, Assert.Single(later.Ended).Id);
        Assert.Equal([account.Sessions[1].Id], later.RemovingDeviceData);
        Assert.Contains(later.Activity, happened => happened.Kind == AccountEventKind.SessionEnded);
    }

    [Theory]
    [InlineData("192.0.2.77", false)]
    [InlineData("198.51.100.1", true)]
    public void Move_to_another_network_is_an_event(string ip, bool isEvent)
    {
        Account account = Given.Registered();

        Account pruned = account.Pruned(
            [new FoundSession.Live(Given.Device with { Ip = ip }, Given.Now)],
            Given.Now
        );

        Assert.Equal(
            isEvent,
            pruned.Activity.Any(happened => happened.Kind == AccountEventKind.RefreshedElsewhere)
        );
        Assert.Equal(ip, pruned.Sessions[0].Ip);
    }

    [Fact]
    public void Session_that_could_not_be_ended_is_retried_with_back_off()
    {
        Account account = Given.Registered() with
        {
            Ending = [new("session", SessionEndReason.PasswordChanged)],
        };

        Account first = account.ToStore([], Given.Context());
        Account second = first.AfterFinishing([false], [], []).ToStore([], Given.Context());
        Account done = second.AfterFinishing([true], [], []).ToStore([], Given.Context());

        Assert.Equal(Given.Now + TimeSpan.FromSeconds(20), first.DueAt);
        Assert.Equal(Given.Now + TimeSpan.FromSeconds(40), second.DueAt);
        Assert.Empty(done.Ending);
        Assert.Equal(done.RetentionEndsAt(new()), done.DueAt);
    }

    [Fact]
    public void Device_data_is_removed_in_time_and_events_are_kept()
    {
        Account account = Given.Registered();

        Account kept = account.ToStore([], Given.Context(after: s_retention));
        Account forgotten = account.ToStore(
            [],
            Given.Context(after: s_retention + TimeSpan.FromSeconds(1))
        );

        Assert.NotNull(kept.Activity[0].Device);
        Assert.Null(forgotten.Activity[0].Device);
        Assert.Equal(AccountEventKind.Registered, forgotten.Activity[0].Kind);
        Assert.Null(forgotten.Sessions[0].Ip);
        Assert.Null(forgotten.Devices[0].Browser);
    }

    [Fact]
    public void Recorded_events_are_stored_in_order()
    {
        AccountEvent failed = new(Given.Now, AccountEventKind.SignInFailed, Device: Given.Device);

        Account stored = Given.Registered().ToStore([failed, failed], Given.Context());

        Assert.Equal(2, stored.Activity[0].Count);
        Assert.Equal(AccountEventKind.SignInFailed, stored.Activity[0].Kind);
    }

    [Fact]
    public void Stored_account_is_read_back_unchanged()
    {
        Account account = Given
            .WithPasskeys(2, Given.WithTotp().Account)
            .ForgotPassword(Given.Context())
            .Next!;

        string stored = JsonSerializer.Serialize(account);
        Account? read = JsonSerializer.Deserialize<Account>(stored);

        Assert.Equal(stored, JsonSerializer.Serialize(read));
        Assert.DoesNotContain("IsVerified", stored, StringComparison.Ordinal);
    }
}
