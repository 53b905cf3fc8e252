using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Unfinished work of an account, and when it is due.</summary>
public sealed class UpkeepTests
{
    private static readonly EndingSession s_ending = new("ends", SessionEndReason.PasswordChanged);

    public static TheoryData<string> Left => new() { "ending", "device data", "email" };

    [Theory]
    [MemberData(nameof(Left))]
    public void Unfinished_work_is_due_soon(string what)
    {
        Account account = With(what);

        Assert.True(account.HasToFinish());
        Assert.Equal(
            Given.Now + TimeSpan.FromSeconds(20),
            account.ToStore([], Given.Context()).DueAt
        );
    }

    [Fact]
    public void Account_without_work_is_never_due()
    {
        Account account = new();

        Assert.False(account.HasToFinish());
        Assert.Null(account.ToStore([], Given.Context()).DueAt);
    }

    [Fact]
    public void Account_is_due_with_its_earliest_work()
    {
        WaitingMail soon = Mail(TimeSpan.FromSeconds(10));
        WaitingMail later = Mail(TimeSpan.FromSeconds(30));
        Account account = new() { Outbox = [later, soon] };
        Account ending = With("ending");

        Assert.Equal(soon.NextTryAt, DueAt(account));
        Assert.Equal(soon.NextTryAt, DueAt(ending with { Outbox = [soon] }));
        Assert.Equal(
            Given.Now + TimeSpan.FromSeconds(20),
            DueAt(ending with { Outbox = [later], Releasing = [Given.Email] })
        );
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(3, 160)]
    [InlineData(8, 5120)]
    [InlineData(1000, 5120)]
    public void Session_that_cannot_be_ended_is_retried_every_hour_and_a_half_without_end(
        int tries,
        int seconds
    ) =>
        Assert.Equal(
            Given.Now + TimeSpan.FromSeconds(seconds),
            DueAt(new() { Ending = [s_ending with { Tries = tries }] })
        );

    [Fact]
    public void Finished_work_is_removed_and_the_rest_is_kept()
    {
        Account account = new()
        {
            Ending = [s_ending, s_ending with { Id = "stays" }],
            RemovingDeviceData = ["stays", "forgot"],
            Releasing = [Given.Email, Given.OtherEmail],
        };

        Account after = account.AfterFinishing([true, false], [false, true], [true, false]);

        Assert.Equal([new("stays", s_ending.Reason, Tries: 1)], after.Ending);
        Assert.Equal(["stays"], after.RemovingDeviceData);
        Assert.Equal([Given.OtherEmail], after.Releasing);
    }

    private static DateTimeOffset? DueAt(Account account) =>
        account.ToStore([], Given.Context()).DueAt;

    private static Account With(string what) =>
        new()
        {
            Ending = what == "ending" ? [s_ending] : [],
            RemovingDeviceData = what == "device data" ? ["session"] : [],
            Releasing = what == "email" ? [Given.Email] : [],
        };

    private static WaitingMail Mail(TimeSpan after) =>
        new("mail", MailKind.WrongCodes, Given.Email, Given.Now, Given.Now + after);
}
