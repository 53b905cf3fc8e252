using Microsoft.Extensions.Time.Testing;
using SessionAuth.Grains.Accounts;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>The turns of an account: operations that run one after another.</summary>
public sealed class AccountTurnTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AccountTurn _turn;
    private readonly TaskCompletionSource _work = new();

    public AccountTurnTests() => _turn = new(_clock);

    [Fact]
    public async Task Turn_begins_when_the_one_before_is_over()
    {
        Task<int> first = Take(1);
        bool began = false;
        Task<int> second = _turn.Run(() =>
        {
            began = true;
            return Task.FromResult(2);
        });
        Assert.False(began);
        _clock.Advance(TimeSpan.FromSeconds(29));
        _work.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Turn_that_waits_for_half_a_minute_is_refused_without_effect()
    {
        Task<int> first = Take(1);
        bool began = false;
        Task<int> second = _turn.Run(() =>
        {
            began = true;
            return Task.FromResult(2);
        });
        _clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        _work.SetResult();
        Assert.Equal(1, await first);
        Assert.False(began);
        // The refused turn does not block the next one.
        Assert.Equal(3, await _turn.Run(() => Task.FromResult(3)));
    }

    private Task<int> Take(int result) =>
        _turn.Run(async () =>
        {
            await _work.Task;
            return result;
        });
}
