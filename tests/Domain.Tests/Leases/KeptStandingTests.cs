using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using static SessionAuth.Domain.Tests.Leases.LeaseTimes;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>What is answered from a copy.</summary>
public sealed class KeptStandingTests
{
    private static readonly UserId s_user = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly UserId s_other = UserId.New(DateTimeOffset.UnixEpoch);

    private static readonly HeldLease s_lease = new(
        Number: 4,
        BeganAt: At(0),
        Deadline: new(At(10)),
        Tombstones.None
    );

    private static readonly ClientId s_shop = ClientId.Parse("shop");

    private static readonly GrantStanding s_grant = new(
        GrantId.New(),
        s_shop,
        s_user,
        ["openid"],
        DateTimeOffset.UnixEpoch,
        [AuthenticationMethod.Password]
    );

    private static readonly KeptStanding s_kept = new(
        new(
            Version: 1,
            s_user,
            LeastGeneration: 3,
            Delivered: [2, 3, 5],
            Restricted: false,
            UsableFor: Seconds(8),
            Grants: [s_grant]
        ),
        LeaseNumber: 4,
        UsableUntil: new(At(8))
    );

    [Fact]
    public void A_grant_of_the_application_is_answered_for() =>
        Assert.Equal(s_grant, s_kept.AnswerTo(s_grant.Id, s_shop));

    [Fact]
    public void A_grant_is_not_answered_for_to_another_application() =>
        Assert.Null(s_kept.AnswerTo(s_grant.Id, ClientId.Parse("wiki")));

    [Fact]
    public void A_grant_that_the_copy_does_not_know_is_left_to_the_session() =>
        Assert.Null(s_kept.AnswerTo(GrantId.New(), s_shop));

    [Fact]
    public void A_live_session_is_answered_for() =>
        Assert.Equal(SessionStanding.Live, s_kept.Answer(s_user, 3, s_lease, At(7)));

    [Fact]
    public void A_restricted_session_is_answered_for_as_such()
    {
        KeptStanding restricted = s_kept with
        {
            Standing = s_kept.Standing with { Restricted = true },
        };

        Assert.Equal(SessionStanding.Restricted, restricted.Answer(s_user, 3, s_lease, At(7)));
    }

    [Fact]
    public void Another_user_is_left_to_the_sessions_grain() =>
        Assert.Null(s_kept.Answer(s_other, 3, s_lease, At(7)));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Generations_that_are_good_and_have_come_back_are_answered_for(
        long generation,
        bool isAnswered
    ) => Assert.Equal(isAnswered, s_kept.Answer(s_user, generation, s_lease, At(7)) is not null);

    [Theory]
    [InlineData(7.999, true)]
    [InlineData(8, false)]
    public void A_copy_is_used_until_it_is_to_be_asked_for_again(double now, bool isAnswered) =>
        Assert.Equal(isAnswered, s_kept.Answer(s_user, 3, s_lease, At(now)) is not null);

    [Theory]
    [InlineData(5.999, true)]
    [InlineData(6, false)]
    public void A_copy_is_used_until_its_lease_is_over(double now, bool isAnswered)
    {
        HeldLease shorter = s_lease with { Deadline = new(At(6)) };

        Assert.Equal(isAnswered, s_kept.Answer(s_user, 3, shorter, At(now)) is not null);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_copy_does_not_live_by_another_lease(long number) =>
        Assert.Null(s_kept.Answer(s_user, 3, s_lease with { Number = number }, At(7)));
}
