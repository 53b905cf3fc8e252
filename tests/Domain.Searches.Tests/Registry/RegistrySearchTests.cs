using Xunit.Abstractions;

namespace SessionAuth.Domain.Searches.Tests.Registry;

/// <summary>
/// Plays every course of events of a small world by the product's rules: at no moment does a holder use what a removal that
/// was answered took away.
/// </summary>
public sealed class RegistrySearchTests(ITestOutputHelper output)
{
    public static TheoryData<string> Broken => [.. RegistryRules.Broken.Keys];

    [Fact]
    public void No_course_of_events_lets_a_holder_use_what_was_taken_away()
    {
        (int states, IReadOnlyList<string>? failure) = Search(new());

        output.WriteLine($"{states} states");
        Assert.True(failure is null, string.Join(Environment.NewLine, failure ?? []));
        Assert.True(states > 10_000);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_rule_is_found(string rule)
    {
        (int states, IReadOnlyList<string>? failure) = Search(RegistryRules.Broken[rule]);

        output.WriteLine($"{states} states{Environment.NewLine}");
        output.WriteLine(string.Join(Environment.NewLine, failure ?? []));
        Assert.NotNull(failure);
    }

    // Breadth first, so that the failure is a shortest one.
    private static (int States, IReadOnlyList<string>? Failure) Search(RegistryRules rules)
    {
        Step start = new(RegistryWorld.Start(rules), "", null);
        HashSet<string> seen = [start.World.Key];
        Queue<Step> open = new([start]);
        while (open.TryDequeue(out Step? step))
        {
            foreach ((string happening, RegistryWorld next) in step.World.Next(rules))
            {
                Step reached = new(next, happening, step);
                if (next.IsBroken(rules))
                    return (seen.Count, reached.Course());
                if (seen.Add(next.Key))
                    open.Enqueue(reached);
            }
        }
        return (seen.Count, null);
    }

    private sealed record Step(RegistryWorld World, string Event, Step? Before)
    {
        public IReadOnlyList<string> Course() => Before is null ? [] : [.. Before.Course(), Event];
    }
}
