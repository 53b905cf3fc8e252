using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>How accounts are registered, imported, abandoned and deleted.</summary>
public sealed class AccountLifecycleTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public void New_session_is_listed_with_its_device_and_time()
    {
        AccountDecision<RegisterResult> decision = Account.Unused.Register(
            Given.Email,
            Given.Hash,
            mayMail: true,
            Given.SignIn(),
            Given.Context()
        );

        Assert.Equal(
            new(decision.Starts!.Id.Value, Given.Now, Given.Device.Ip, UsedAt: Given.Now),
            Assert.Single(decision.Next!.Sessions)
        );
        Assert.Equal(Given.Now, decision.Next.CreatedAt);
        Assert.Equal(Given.Device, decision.Next.Activity[0].Device);
        Assert.Equal(Given.Device, Assert.Single(decision.Mails).Device);
    }

    [Fact]
    public void Import_without_verified_email_or_app_has_neither()
    {
        Account imported = Account
            .Unused.Import(
                Given.Email,
                isVerified: false,
                Given.Hash,
                totpSecret: null,
                Given.Context()
            )
            .Next!;

        Assert.Equal(Given.Hash, imported.PasswordHash);
        Assert.Null(imported.EmailVerifiedAt);
        Assert.Null(imported.OtpOf(AuthenticationMethod.Totp));
        Assert.Equal(Given.Now, imported.CreatedAt);
        Assert.Equal(AccountEventKind.Imported, Assert.Single(imported.Activity).Kind);
    }

    [Fact]
    public void Repeated_import_changes_nothing()
    {
        AccountDecision<ImportResult> again = Given
            .Registered()
            .Import(Given.Email, true, Given.NewHash, totpSecret: null, Given.Context());

        Assert.IsType<ImportResult.Imported>(again.Result(new()));
        Assert.Null(again.Next);
    }

    [Fact]
    public void Abandoned_id_is_remembered_for_a_day()
    {
        AccountDecision<bool> first = Account.Unused.ReleaseReservation(
            Given.Email,
            Given.Context()
        );
        AccountDecision<bool> again = first.Next!.ReleaseReservation(Given.Email, Given.Context());

        Assert.True(first.Result(new()));
        Assert.Equal(Given.Now + s_day, first.Next.ExpiresAt);
        Assert.True(again.Result(new()));
        Assert.Null(again.Next);
        Assert.Equal(Finishing.Attempted, again.Finishing);
    }

    [Fact]
    public void Account_does_not_release_the_email_that_it_asked_to_change_to()
    {
        Account account = Given.Registered() with { NewEmail = Given.OtherEmail };

        Assert.False(Releases(Given.Email));
        Assert.False(Releases(Given.OtherEmail));
        Assert.True(Releases("ada@example.com"));

        bool Releases(string email) =>
            account.ReleaseReservation(email, Given.Context()).Result(new());
    }

    [Fact]
    public void Reset_emails_to_an_unknown_email_are_counted_and_kept_for_a_day_after_the_last()
    {
        AccountContext later = Given.Context(after: TimeSpan.FromHours(2));
        Account first = Account.Unused.ForgotPassword(Given.Context()).Next!;

        Account second = first.ForgotPassword(later).Next!;

        Assert.Equal(Given.Now, second.CreatedAt);
        Assert.Equal(later.Now + s_day, second.ExpiresAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Deletion_is_mailed_only_to_a_verified_email(bool isVerified)
    {
        Account account = Given.WithSessions(2, isVerified) with
        {
            RemovingDeviceData = ["earlier"],
            Releasing = ["earlier@example.org"],
            Outbox = [],
        };

        AccountDecision<DeleteResult> decision = account.Delete(
            Given.CallerOf(account),
            Given.Context()
        );
        Account deleted = decision.Next!;

        Assert.Equal(isVerified ? 1 : 0, decision.Mails.Count);
        Assert.Equal(Given.Now + s_day, deleted.ExpiresAt);
        Assert.Equal(account.CreatedAt, deleted.CreatedAt);
        Assert.Equal(account.Stamp + 1, deleted.Stamp);
        Assert.Equal(["earlier@example.org", Given.Email], deleted.Releasing);
        Assert.Equal(
            ["earlier", .. account.Sessions.Select(listed => listed.Id)],
            deleted.RemovingDeviceData
        );
        Assert.All(
            deleted.Ending,
            ending => Assert.Equal(SessionEndReason.AccountDeleted, ending.Reason)
        );
        Assert.Equal(Finishing.Required, decision.Finishing);
    }
}
