using Microsoft.Extensions.Time.Testing;
using SessionAuth.Api.Http.Logging;

namespace SessionAuth.Api.Tests.Security;

/// <summary>A flood of refusals is counted instead of filling the log.</summary>
public sealed class RefusalBudgetTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _counts = [];
    private readonly RefusalBudget _budget;

    public RefusalBudgetTests() =>
        _budget = new(
            _clock,
            (what, count, seconds) => _counts.Add($"{count} × {what} in {seconds} s")
        );

    public void Dispose() => _budget.Dispose();

    [Fact(
        DisplayName = "S-65 The flood of one client is logged twenty times and then counted, and suppresses no lines of other clients"
    )]
    public void Flood_of_one_client_is_counted_and_suppresses_no_other_lines()
    {
        int written = Enumerable.Range(0, 5000).Count(_ => _budget.TrySpend("flood", "192.0.2.1"));

        Assert.Equal(RefusalBudget.MostFromOneClient, written);
        Assert.True(_budget.TrySpend("flood", "192.0.2.2"));
        Assert.True(_budget.TrySpend("other", "192.0.2.1"));
        Assert.Empty(_counts);
        _clock.Advance(RefusalBudget.Window);
        Assert.Equal(["4980 × flood in 10 s"], _counts);
    }

    [Fact(
        DisplayName = "S-65 A flood of many clients is logged two hundred times, and again after ten seconds"
    )]
    public void Flood_of_many_clients_is_counted()
    {
        for (int window = 0; window < 2; window++)
        {
            int written = Enumerable
                .Range(0, 5000)
                .Count(client => _budget.TrySpend("flood", $"client {client}"));
            Assert.Equal(RefusalBudget.MostOfAKind, written);
            Assert.True(_budget.TrySpend("other", "client 0"));
            _clock.Advance(RefusalBudget.Window);
        }

        Assert.Equal(["4800 × flood in 10 s", "4800 × flood in 10 s"], _counts);
    }

    [Fact]
    public void Suppressed_lines_are_counted_when_the_node_stops()
    {
        for (int i = 0; i < 30; i++)
            _budget.TrySpend("flood", "192.0.2.1");
        _budget.Dispose();
        Assert.Equal(["10 × flood in 10 s"], _counts);
    }
}
