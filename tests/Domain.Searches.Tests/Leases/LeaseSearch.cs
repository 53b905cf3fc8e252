using Xunit.Abstractions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>Leases, searched: every interleaving of small worlds, over the product's own rules.</summary>
public sealed class LeaseSearch(ITestOutputHelper output)
{
    // With LONG=1 each world is played for a tick longer.
    private static readonly int s_more = Environment.GetEnvironmentVariable("LONG") == "1" ? 1 : 0;

    private static readonly WorldSize s_writesOfEachKind = new()
    {
        Renewals = 2,
        Leaves = 1,
        Failures = 1,
        ActivityWrites = 1,
    };

    private static readonly WorldSize s_lapsesAndActivations = new()
    {
        Questions = 2,
        Renewals = 2,
        Leaves = 1,
    };

    private static readonly WorldSize s_twoSilos = new()
    {
        Silos = 2,
        Fates = Fates.All,
        Leaves = 1,
    };

    [Fact]
    public void A_revocation_holds_whatever_becomes_of_its_write() =>
        Holds(s_writesOfEachKind, atLeast: 2_000_000);

    [Fact]
    public void A_revocation_holds_through_lapses_and_activations() =>
        Holds(s_lapsesAndActivations, atLeast: 500_000);

    [Fact]
    public void A_revocation_holds_when_answers_are_under_way_for_long() =>
        Holds(new() { Renewals = 4, QuestionLifetime = 1 }, atLeast: 200_000);

    [Fact]
    public void A_revocation_holds_when_recalls_of_one_session_follow_each_other()
    {
        // Large enough as it is.
        WorldSize size = new()
        {
            Ticks = 3 - s_more,
            Questions = 2,
            Renewals = 4,
            Failures = 1,
        };
        Holds(size, atLeast: 5_000_000);
    }

    [Fact]
    public void A_revocation_holds_for_two_holders() =>
        Holds(new() { Holders = 2 }, atLeast: 2_000_000);

    [Fact]
    public void A_revocation_holds_whatever_becomes_of_its_silo() =>
        Holds(s_twoSilos, atLeast: 900_000);

    [Fact]
    public void A_revocation_holds_when_its_silo_is_declared_dead_or_crashes() =>
        Holds(
            new()
            {
                Silos = 2,
                Fates = Fates.IsDeclaredDead | Fates.Crashes,
                Renewals = 2,
            },
            atLeast: 500_000
        );

    [Fact]
    public void A_revocation_holds_when_its_session_moves_between_silos() =>
        Holds(
            new()
            {
                Silos = 2,
                HoldersAskEach = true,
                Leaves = 2,
            },
            atLeast: 100_000
        );

    [Theory]
    [InlineData(ShellRule.RecallTakesVersion)]
    [InlineData(ShellRule.RecallIsAwaited)]
    [InlineData(ShellRule.VisibleAfterRecall)]
    [InlineData(ShellRule.SecondCallWaits)]
    [InlineData(ShellRule.NoWriteDuringRecall)]
    [InlineData(ShellRule.LeavingRecalls)]
    [InlineData(ShellRule.RegisteredInTurn)]
    [InlineData(ShellRule.NoJoinedQuestion)]
    [InlineData(ShellRule.DroppedBeforeAcknowledged)]
    [InlineData(ShellRule.KeptInTurn)]
    [InlineData(ShellRule.LeaseIsRemembered)]
    public void The_search_finds_that_a_rule_of_one_silo_is_broken(ShellRule rule) =>
        Finds(s_writesOfEachKind, rule);

    [Theory]
    [InlineData(ShellRule.ActivationTakesVersion)]
    public void The_search_finds_that_a_rule_of_activations_is_broken(ShellRule rule) =>
        Finds(s_lapsesAndActivations, rule);

    [Theory]
    [InlineData(ShellRule.DeadAfterLeases)]
    [InlineData(ShellRule.Hold)]
    [InlineData(ShellRule.FenceAfterWrite)]
    public void The_search_finds_that_a_rule_of_two_silos_is_broken(ShellRule rule) =>
        Finds(s_twoSilos, rule);

    private void Holds(WorldSize size, int atLeast)
    {
        LeaseWorld world = new(size with { Ticks = size.Ticks + s_more });

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states");
        Assert.Null(failure);
        Assert.True(world.States > atLeast, $"Only {world.States} states.");
    }

    private void Finds(WorldSize size, ShellRule broken)
    {
        LeaseWorld world = new(size, broken);

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states\n{failure}");
        Assert.NotNull(failure);
        Assert.Contains("accept", failure, StringComparison.Ordinal);
    }
}
