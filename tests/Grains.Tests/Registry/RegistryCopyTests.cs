using Microsoft.Extensions.Primitives;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Tests.Registry.Keys;
using SessionAuth.Registry.Copies;
using static SessionAuth.Grains.Tests.Registry.Applications;

namespace SessionAuth.Grains.Tests.Registry;

/// <summary>When a node uses its copy of the registry.</summary>
public sealed class RegistryCopyTests : IDisposable
{
    private static readonly TimeSpan s_right = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_instant = TimeSpan.FromTicks(1);

    private readonly TwoClocks _clocks = new();
    private readonly ControlledRegistry _registry = new(TimeProvider.System)
    {
        UsableFor = s_right,
    };
    private readonly RegistryCopy _copy;

    public RegistryCopyTests() => _copy = new(_registry.Grains, _clocks);

    public void Dispose() => _copy.Dispose();

    [Fact]
    public void Node_that_has_not_asked_has_no_copy()
    {
        Assert.Null(_copy.Newest);
        Assert.Throws<RegistryUnavailableException>(() => _copy.Current);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_is_used_until_either_clock_says_that_the_right_has_passed(bool wall)
    {
        await Ask();
        Move(wall, s_right - s_instant);
        Assert.Equal(1, _copy.Current.Version);

        Move(wall, s_instant);

        Assert.Throws<RegistryUnavailableException>(() => _copy.Current);
        Assert.Equal(1, _copy.Newest!.Version);
        await Ask();
        Assert.Equal(1, _copy.Current.Version);
    }

    [Fact]
    public async Task Right_counts_from_before_the_question()
    {
        TaskCompletionSource answer = new();
        _registry.Held = answer.Task;
        Task asking = _copy.Refresh(CancellationToken.None);
        _clocks.MoveMonotonic(s_right - s_instant);

        answer.SetResult();
        await asking;

        Assert.Equal(1, _copy.Current.Version);
        _clocks.MoveMonotonic(s_instant);
        Assert.Throws<RegistryUnavailableException>(() => _copy.Current);
    }

    [Fact]
    public async Task Answer_without_a_right_brings_the_content_and_leaves_the_right_before()
    {
        await Ask();
        _registry.UsableFor = TimeSpan.Zero;
        await _registry.ReplaceFile([Proxied("shop")]);

        await Ask();

        Assert.NotNull(_copy.Current.Applications.AtOrigin("https://shop.example.com"));
        _clocks.MoveMonotonic(s_right);
        Assert.Throws<RegistryUnavailableException>(() => _copy.Current);
    }

    [Fact]
    public async Task Registry_that_does_not_answer_leaves_the_copy_until_its_right_has_passed()
    {
        await Ask();
        _registry.IsUnreachable = true;

        await Assert.ThrowsAsync<RegistryUnavailableException>(Ask);

        Assert.Equal(1, _copy.Current.Version);
        _clocks.MoveWall(s_right);
        Assert.Throws<RegistryUnavailableException>(() => _copy.Current);
    }

    [Fact]
    public async Task Change_is_told_once_with_the_new_content_and_nothing_else_is()
    {
        await Ask();
        List<RegistryContent?> told = [];
        using IDisposable listening = ChangeToken.OnChange(
            () => _copy.Changes,
            () => told.Add(_copy.Newest)
        );

        await Ask();
        await _registry.ReplaceFile([Proxied("shop")]);
        await Ask();
        await Ask();

        RegistryContent content = Assert.Single(told)!;
        Assert.Equal("shop", Assert.Single(content.Applications.All).Id.Value);
    }

    [Fact]
    public async Task Questions_take_turns_so_that_no_older_answer_comes_last()
    {
        TaskCompletionSource answer = new();
        _registry.Held = answer.Task;
        Task first = _copy.Refresh(CancellationToken.None);
        _registry.Held = Task.CompletedTask;

        Task<RegistryContent> second = _copy.Refresh(CancellationToken.None);
        await _registry.ReplaceFile([Proxied("shop")]);
        Assert.Equal(1, _registry.Questions);
        answer.SetResult();
        await first;

        Assert.Equal(2, (await second).Version);
        Assert.Equal(2, _copy.Current.Version);
    }

    private Task<RegistryContent> Ask() => _copy.Refresh(CancellationToken.None);

    private void Move(bool wall, TimeSpan by)
    {
        if (wall)
            _clocks.MoveWall(by);
        else
            _clocks.MoveMonotonic(by);
    }
}
