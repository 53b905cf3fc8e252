using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class AttemptBackoffsTests
{
    private static readonly AttemptBackoffRules s_rules = new(
        Free: 10,
        Limit: 100,
        FirstDelay: TimeSpan.FromSeconds(1),
        LongestDelay: TimeSpan.FromMinutes(15),
        Window: TimeSpan.FromMinutes(15)
    );

    private readonly AttemptBackoffs _networks = new(most: 4);
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_one_with_the_fewest_failures_makes_room()
    {
        foreach ((string name, int failures) in new[] { ("a", 3), ("b", 1), ("c", 2), ("d", 4) })
            Fail(name, failures);

        Fail("e", 1);

        Assert.Equal(["a", "c", "d", "e"], Names());
    }

    [Fact]
    public void Of_equal_ones_the_earliest_makes_room()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            Fail(name, 1);
            _now += TimeSpan.FromSeconds(1);
        }

        Fail("e", 1);

        Assert.Equal(["b", "c", "d", "e"], Names());
    }

    [Fact]
    public void Those_whose_failures_count_no_more_go_before_others()
    {
        Fail("a", 9);
        _now += TimeSpan.FromMinutes(15);
        foreach (string name in new[] { "b", "c", "d", "e" })
            Fail(name, 1);

        Assert.Equal(["b", "c", "d", "e"], Names());
    }

    [Fact]
    public void Those_of_one_request_do_not_make_room_for_each_other()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
            Fail(name, 2);

        AttemptBackoff[] around = _networks.Of(
            ["/64", "/56", "/48"],
            [s_rules, s_rules, s_rules],
            _now
        );
        foreach (AttemptBackoff network in around)
            network.CountFailure(_now);

        Assert.Equal(3, Names().Count(name => name.StartsWith('/')));
        Assert.Equal(4, Names().Length);
    }

    private void Fail(string name, int times)
    {
        for (int i = 0; i < times; i++)
            _networks.Of(name, s_rules, _now).CountFailure(_now);
    }

    private string[] Names() => [.. _networks.Counted.Select(known => known.Key).Order()];
}
