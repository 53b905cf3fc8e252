using Xunit.Abstractions;

namespace SessionAuth.Domain.Searches.Tests.Sessions;

/// <summary>An exhaustive search for failures of the rotation rules in a small model.</summary>
public sealed class RotationSearch(ITestOutputHelper output)
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("LONG") == "1";

    private static ProductRules Product => ProductRules.AtSignIn;

    [Fact(
        DisplayName = "S-15 In no interleaving is an honest request taken for reuse or a proof inherited"
    )]
    public void In_no_interleaving_is_an_honest_request_taken_for_reuse_or_a_proof_inherited()
    {
        InterleavingSearch world = new(Product, s_long ? 5 : 4, s_long ? 5 : 4, thief: false);

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states");
        Assert.Null(failure);
        Assert.True(world.States > 50_000, $"Only {world.States} states.");
    }

    [Fact(
        DisplayName = "S-15 In every interleaving a token that was superseded long ago is detected"
    )]
    public void In_every_interleaving_a_token_that_was_superseded_long_ago_is_detected()
    {
        InterleavingSearch world = new(Product, s_long ? 5 : 4, s_long ? 4 : 3, thief: true);

        string? failure = world.FindFailure();

        output.WriteLine($"{world.States:N0} states");
        Assert.Null(failure);
        Assert.True(world.States > 50_000, $"Only {world.States} states.");
    }

    [Fact]
    public void Search_finds_that_remembering_two_generations_is_too_few() =>
        Finds(new TwoGenerations(), "FalseReuse", thief: false);

    [Fact]
    public void Search_finds_that_remembering_two_used_generations_is_too_few() =>
        Finds(new NewestTwoPresented(), "FalseReuse", thief: false);

    [Fact]
    public void Search_finds_a_rule_that_misses_a_thief() =>
        Finds(new ForgivingRules(Product), "ThiefMissed", thief: true);

    [Fact]
    public void Search_finds_a_rule_that_passes_on_a_proof() =>
        Finds(new InheritingRules(Product), "Inherited", thief: false);

    private void Finds(RotationRules broken, string failure, bool thief)
    {
        InterleavingSearch world = new(broken, 4, 4, thief);

        string? found = world.FindFailure();

        output.WriteLine($"{world.States:N0} states\n{found}");
        Assert.NotNull(found);
        Assert.Contains(failure, found, StringComparison.Ordinal);
    }
}
