using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>Who may have a copy of a standing.</summary>
public sealed class StandingHoldersTests
{
    private static readonly HolderId s_first = new(Guid.NewGuid());
    private static readonly HolderId s_second = new(Guid.NewGuid());

    private static StandingHolders WithBoth() =>
        StandingHolders.None(version: 7).Register(s_first).Next.Register(s_second).Next;

    [Fact]
    public void Nobody_has_a_copy_at_first()
    {
        StandingHolders none = StandingHolders.None(version: 7);

        Assert.Equal(7, none.Version);
        Assert.Empty(none.Holders);
        Assert.False(none.IsRecalling);
    }

    [Fact]
    public void A_holder_that_is_registered_may_keep_the_standing()
    {
        (bool mayKeep, StandingHolders next) = StandingHolders.None(version: 7).Register(s_first);

        Assert.True(mayKeep);
        Assert.Equal<HolderId>([s_first], next.Holders);
        Assert.Equal<HolderId>([s_first], next.Register(s_first).Next.Holders);
        Assert.Equal(7, next.Version);
    }

    [Fact]
    public void A_recall_takes_the_next_version_and_reaches_all_holders()
    {
        StandingHolders recalling = WithBoth().Recall(version: 9);

        Assert.Equal(9, recalling.Version);
        Assert.True(recalling.IsRecalling);
        Assert.Equal<HolderId>([s_first, s_second], recalling.Holders);
    }

    [Fact]
    public void Nobody_is_registered_during_a_recall()
    {
        StandingHolders recalling = StandingHolders.None(version: 7).Recall(version: 9);

        (bool mayKeep, StandingHolders next) = recalling.Register(s_first);

        Assert.False(mayKeep);
        Assert.Same(recalling, next);
    }

    [Fact]
    public void After_a_recall_nobody_has_a_copy()
    {
        StandingHolders ended = WithBoth().Recall(version: 9).EndRecall();

        Assert.Equal(9, ended.Version);
        Assert.Empty(ended.Holders);
        Assert.False(ended.IsRecalling);
    }

    [Fact]
    public void Without_a_recall_its_end_forgets_no_holder()
    {
        StandingHolders both = WithBoth();

        Assert.Same(both, both.EndRecall());
    }

    [Fact]
    public void After_a_recall_that_was_given_up_all_may_have_a_copy()
    {
        StandingHolders given = WithBoth().Recall(version: 9).GiveUpRecall();

        Assert.Equal(9, given.Version);
        Assert.Equal<HolderId>([s_first, s_second], given.Holders);
        Assert.False(given.IsRecalling);
    }
}
