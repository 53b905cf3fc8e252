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

    private AttemptBackoffs _networks = new(Most: 4);
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Entry_with_the_fewest_failures_makes_room()
    {
        foreach ((string name, int failures) in new[] { ("a", 3), ("b", 1), ("c", 2), ("d", 4) })
            Fail(name, failures);

        Fail("e", 1);

        Assert.Equal(["a", "c", "d", "e"], Names());
    }

    [Fact]
    public void Among_equals_the_earliest_makes_room()
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
    public void Entries_whose_failures_no_longer_count_make_room_first()
    {
        Fail("a", 9);
        _now += TimeSpan.FromMinutes(15);
        foreach (string name in new[] { "b", "c", "d", "e" })
            Fail(name, 1);

        Assert.Equal(["b", "c", "d", "e"], Names());
    }

    [Fact]
    public void Networks_of_one_request_do_not_make_room_for_each_other()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
            Fail(name, 2);

        string[] around = ["/64", "/56", "/48"];
        _networks = _networks.With(
            [
                .. around.Select(name =>
                    KeyValuePair.Create(name, new AttemptBackoff(s_rules).CountFailure(_now))
                ),
            ],
            _now
        );

        Assert.Equal(3, Names().Count(name => name.StartsWith('/')));
        Assert.Equal(4, Names().Length);
    }

    private void Fail(string name, int times)
    {
        AttemptBackoff backoff = _networks.Of(name) ?? new(s_rules);
        for (int i = 0; i < times; i++)
            backoff = backoff.CountFailure(_now);
        _networks = _networks.With([KeyValuePair.Create(name, backoff)], _now);
    }

    private string[] Names() => [.. _networks.Counted.Select(known => known.Key).Order()];
}
