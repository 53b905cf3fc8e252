using Xunit.Abstractions;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>Rotation, searched: reading alone did not find what such a search finds.</summary>
public sealed class RotationSearch(ITestOutputHelper output)
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("LONG") == "1";

    private static ProductRules Product => ProductRules.AtSignIn;

    [Fact(
        DisplayName = "S-15 In no course of events is an honest request taken for a thief's, or is a proof inherited"
    )]
    public void No_honest_request_is_taken_for_a_thiefs()
    {
        SmallWorld world = new(Product, s_long ? 5 : 4, s_long ? 5 : 4, thief: false);

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states");
        Assert.Null(failure);
        Assert.True(world.States > 50_000, $"Only {world.States} states.");
    }

    [Fact(
        DisplayName = "S-15 In every course of events a copy that was superseded long ago is found"
    )]
    public void Every_copy_that_was_superseded_long_ago_is_found()
    {
        SmallWorld world = new(Product, s_long ? 5 : 4, s_long ? 4 : 3, thief: true);

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states");
        Assert.Null(failure);
        Assert.True(world.States > 50_000, $"Only {world.States} states.");
    }

    [Fact]
    public void The_search_finds_that_two_remembered_generations_are_too_few() =>
        Finds(new TwoGenerations(), "Accused", thief: false);

    [Fact]
    public void The_search_finds_that_two_generations_that_came_back_are_too_few() =>
        Finds(new NewestTwoThatCameBack(), "Accused", thief: false);

    [Fact]
    public void The_search_finds_that_a_thief_is_forgiven() =>
        Finds(new ForgivingRules(Product), "NotFound", thief: true);

    [Fact]
    public void The_search_finds_that_a_proof_is_inherited() =>
        Finds(new InheritingRules(Product), "Inherited", thief: false);

    private void Finds(RotationRules broken, string failure, bool thief)
    {
        SmallWorld world = new(broken, 4, 4, thief);

        string? found = world.FindFailure();

        output.WriteLine($"{world.States:N0} states\n{found}");
        Assert.NotNull(found);
        Assert.Contains(failure, found, StringComparison.Ordinal);
    }
}
