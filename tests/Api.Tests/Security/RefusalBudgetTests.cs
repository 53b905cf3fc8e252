using Microsoft.Extensions.Time.Testing;
using SessionAuth.Api.Http.Logging;

namespace SessionAuth.Api.Tests.Security;

/// <summary>A flood of refusals is counted in the log, and does not fill it.</summary>
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
        DisplayName = "S-65 One client's flood is written twenty times and then counted, and hides nobody else's lines"
    )]
    public void One_clients_flood_is_counted()
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
        DisplayName = "S-65 A flood from very many clients is written two hundred times, and begins anew after ten seconds"
    )]
    public void A_flood_from_many_clients_is_counted()
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
    public void What_was_not_written_is_counted_when_the_node_stops()
    {
        for (int i = 0; i < 30; i++)
            _budget.TrySpend("flood", "192.0.2.1");
        _budget.Dispose();
        Assert.Equal(["10 × flood in 10 s"], _counts);
    }
}
