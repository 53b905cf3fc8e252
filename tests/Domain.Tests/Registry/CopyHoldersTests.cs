using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Tests.Registry;

/// <summary>How long the registry waits until no copy is used any more that has what was taken away.</summary>
public sealed class CopyHoldersTests
{
    private static readonly LeaseRules s_rules = LeaseRules.Default;
    private static readonly TimeSpan s_longest = s_rules.Length * (1 + s_rules.ClockDrift);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly HolderId s_one = new(Guid.NewGuid());
    private static readonly HolderId s_other = new(Guid.NewGuid());

    // When no right of an earlier activation is left.
    private static readonly TimeSpan s_aged = s_longest;
    private static readonly CopyHolders s_none = CopyHolders.Begin(TimeSpan.Zero, s_rules);

    [Fact]
    public void Activation_waits_for_rights_of_the_one_before()
    {
        CopyWithdrawal withdrawal = s_none.Withdraw(version: 2);

        Assert.Equal(s_longest - s_second, s_none.Remaining(withdrawal, s_second));
        Assert.Equal(TimeSpan.Zero, s_none.Remaining(withdrawal, s_longest));
    }

    [Fact]
    public void Holder_without_the_new_version_is_waited_for_until_its_right_has_passed()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        Assert.Equal(s_longest - s_second, holders.Remaining(withdrawal, s_aged + s_second));
        Assert.Equal(TimeSpan.Zero, holders.Remaining(withdrawal, s_aged + s_longest));
    }

    [Fact]
    public void Holder_with_the_new_version_is_not_waited_for()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        holders = Asked(holders, s_one, known: 2, newest: 2, at: s_aged);

        Assert.True(holders.Remaining(withdrawal, s_aged) <= TimeSpan.Zero);
    }

    [Fact]
    public void Each_holder_is_waited_for()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        holders = Asked(holders, s_other, known: 1, newest: 1, at: s_aged + s_second);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        holders = Asked(holders, s_one, known: 2, newest: 2, at: s_aged + s_second);

        Assert.Equal(s_longest, holders.Remaining(withdrawal, s_aged + s_second));
    }

    [Fact]
    public void Right_that_came_with_the_new_version_is_not_waited_for()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        holders = Asked(holders, s_one, known: 1, newest: 2, at: s_aged + s_second);

        Assert.Equal(s_longest - s_second, holders.Remaining(withdrawal, s_aged + s_second));
    }

    [Fact]
    public void Holder_of_the_version_before_the_last_has_confirmed_that_one_only()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        CopyWithdrawal first = holders.Withdraw(version: 2);
        CopyWithdrawal second = holders.Withdraw(version: 3);

        holders = Asked(holders, s_one, known: 2, newest: 3, at: s_aged);

        Assert.True(holders.Remaining(first, s_aged) <= TimeSpan.Zero);
        Assert.Equal(s_longest, holders.Remaining(second, s_aged));
    }

    [Fact]
    public void Question_that_was_overtaken_revokes_no_confirmation()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        holders = Asked(holders, s_one, known: 2, newest: 2, at: s_aged);
        holders = Asked(holders, s_one, known: 1, newest: 2, at: s_aged);

        Assert.True(holders.Remaining(withdrawal, s_aged) <= TimeSpan.Zero);
    }

    [Fact]
    public void Version_that_was_never_there_confirms_nothing()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 9, newest: 1, at: s_aged);
        CopyWithdrawal withdrawal = holders.Withdraw(version: 2);

        Assert.Equal(s_longest, holders.Remaining(withdrawal, s_aged));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(10.0, 3)]
    [InlineData(2.0, 2)]
    [InlineData(0.0, 0)]
    public void Right_is_no_longer_than_the_silo_is_certain_to_be_a_member(
        double? fence,
        double expected
    )
    {
        (CopyHolders holders, TimeSpan usableFor) = s_none.Ask(
            s_one,
            known: 1,
            newest: 1,
            s_aged,
            fence is { } seconds ? TimeSpan.FromSeconds(seconds) : null
        );

        Assert.Equal(TimeSpan.FromSeconds(expected), usableFor);
        Assert.Equal(
            usableFor * (1 + s_rules.ClockDrift),
            holders.Remaining(holders.Withdraw(version: 2), s_aged)
        );
    }

    [Fact]
    public void Shorter_right_does_not_end_the_one_before()
    {
        CopyHolders holders = Asked(s_none, s_one, known: 1, newest: 1, at: s_aged);

        (holders, _) = holders.Ask(s_one, 1, newest: 1, s_aged, fence: TimeSpan.Zero);

        Assert.Equal(s_longest, holders.Remaining(holders.Withdraw(version: 2), s_aged));
    }

    [Fact]
    public void Holders_are_bounded_and_make_room_when_their_rights_have_passed()
    {
        CopyHolders holders = s_none;
        for (int i = 0; i < CopyHolders.Most; i++)
            holders = Asked(holders, new(Guid.NewGuid()), known: null, newest: 1, at: s_aged);

        (_, TimeSpan refused) = holders.Ask(s_one, null, 1, s_aged, fence: null);
        (CopyHolders later, TimeSpan granted) = holders.Ask(
            s_one,
            null,
            1,
            s_aged + s_longest,
            fence: null
        );

        Assert.Equal(TimeSpan.Zero, refused);
        Assert.Equal(s_rules.Length, granted);
        Assert.Equal(1, later.Count);
    }

    private static CopyHolders Asked(
        CopyHolders holders,
        HolderId holder,
        long? known,
        long newest,
        TimeSpan at
    ) => holders.Ask(holder, known, newest, at, fence: null).Next;
}
