using Microsoft.Extensions.Time.Testing;
using SessionAuth.Domain.Keys;
using SessionAuth.Registry.Keys;

namespace SessionAuth.Grains.Tests.Registry.Keys;

/// <summary>Values on nodes that do not have the same keys yet.</summary>
public sealed class KeyRotationTests
{
    private const string Purpose = "session token";

    private static readonly byte[] s_content = [1, 2, 3];

    private readonly FakeTimeProvider _clock = new();
    private readonly ControlledRegistry _registry;

    public KeyRotationTests() => _registry = new(_clock);

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Values_stay_valid_on_two_nodes_through_a_rotation(ValueKind kind)
    {
        using KeyNode one = await KeyNode.Start(_registry, _clock);
        using KeyNode other = await KeyNode.Start(_registry, _clock);
        string old = one.Make(kind, Purpose, s_content);

        KeyId added = Add(TimeSpan.Zero);
        await one.Poll();
        string @new = one.Make(kind, Purpose, s_content);

        await AssertOpened(one, kind, old, @new);
        await AssertOpened(other, kind, old, @new);
        Assert.Equal(added, other.Copy.Current.Keys.Signing(_clock.GetUtcNow()).Id);
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task New_key_makes_values_from_its_time_on(ValueKind kind)
    {
        KeyId first = _registry.Keys.Keys[0].Id;
        KeyId second = Add(TimeSpan.FromMinutes(30));
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string before = node.Make(kind, Purpose, s_content);

        _clock.Advance(TimeSpan.FromMinutes(30));
        string after = node.Make(kind, Purpose, s_content);

        Remove(first);
        await node.Poll();
        Assert.Equal(OpenOutcome.Invalid, (await node.Read(kind, Purpose, before)).Outcome);
        await AssertOpened(node, kind, after);
        Assert.NotNull(node.Copy.Current.Keys.Find(second));
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Value_whose_key_was_removed_is_invalid_and_asked_for_once(ValueKind kind)
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string old = node.Make(kind, Purpose, s_content);
        KeyId first = _registry.Keys.Keys[0].Id;
        Add(TimeSpan.Zero);
        Remove(first);
        await node.Poll();
        int asked = _registry.Questions;

        for (int time = 0; time < 3; time++)
            Assert.Equal(OpenOutcome.Invalid, (await node.Begin(kind, Purpose, old)).Outcome);

        Assert.Equal(asked + 1, _registry.Questions);
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Value_whose_key_cannot_be_asked_for_may_be_valid(ValueKind kind)
    {
        using KeyNode one = await KeyNode.Start(_registry, _clock);
        using KeyNode other = await KeyNode.Start(_registry, _clock);
        Add(TimeSpan.Zero);
        await one.Poll();
        string value = one.Make(kind, Purpose, s_content);
        _registry.IsUnreachable = true;

        Assert.Equal((OpenOutcome.KeyNotHeld, null), await other.Read(kind, Purpose, value));

        _registry.IsUnreachable = false;
        await AssertOpened(other, kind, value);
    }

    [Fact]
    public async Task Strangers_cause_one_question_a_second_and_valid_values_are_read_meanwhile()
    {
        using KeyNode one = await KeyNode.Start(_registry, _clock);
        using KeyNode other = await KeyNode.Start(_registry, _clock);
        Add(TimeSpan.Zero);
        await one.Poll();
        string valid = one.Make(ValueKind.Signed, Purpose, s_content);
        int asked = _registry.Questions;

        Task<(OpenOutcome Outcome, string?)>[] strangers =
        [
            .. Enumerable
                .Range(0, 900)
                .Select(_ => other.Begin(ValueKind.Signed, Purpose, WithUnknownKey(valid))),
        ];
        Assert.Equal(
            (OpenOutcome.Opened, "010203"),
            await other.Read(ValueKind.Signed, Purpose, valid)
        );
        (OpenOutcome Outcome, string?)[] outcomes = await other.WhileTimePasses(
            Task.WhenAll(strangers)
        );

        Assert.All(outcomes, read => Assert.Equal(OpenOutcome.Invalid, read.Outcome));
        Assert.InRange(_registry.Questions - asked, 1, 2);
    }

    [Fact]
    public async Task Strangers_one_after_the_other_wait_for_the_next_second()
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string value = node.Make(ValueKind.Signed, Purpose, s_content);
        int before = _registry.Questions;

        for (int stranger = 0; stranger < 4; stranger++)
            await node.Read(ValueKind.Signed, Purpose, WithUnknownKey(value));

        DateTimeOffset[] asked = [.. _registry.AskedAt.Skip(before)];
        Assert.Equal(4, asked.Length);
        Assert.All(
            asked.Zip(asked.Skip(1)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1))
        );
    }

    [Fact]
    public async Task More_waiting_strangers_than_the_limit_are_not_kept()
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string value = node.Make(ValueKind.Signed, Purpose, s_content);
        TaskCompletionSource held = new();
        _registry.Held = held.Task;
        Task<(OpenOutcome, string?)>[] waiting =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(_ => node.Begin(ValueKind.Signed, Purpose, WithUnknownKey(value))),
        ];

        Task<(OpenOutcome Outcome, string?)> more = node.Begin(
            ValueKind.Signed,
            Purpose,
            WithUnknownKey(value)
        );

        Assert.True(more.IsCompleted);
        Assert.Equal(OpenOutcome.KeyNotHeld, (await more).Outcome);
        held.SetResult();
        await node.WhileTimePasses(Task.WhenAll(waiting));
        Assert.Equal(
            OpenOutcome.Invalid,
            (await node.Read(ValueKind.Signed, Purpose, WithUnknownKey(value))).Outcome
        );
    }

    [Fact]
    public async Task Key_that_was_added_while_a_question_was_under_way_is_found_by_the_next()
    {
        using KeyNode one = await KeyNode.Start(_registry, _clock);
        using KeyNode other = await KeyNode.Start(_registry, _clock);
        string old = one.Make(ValueKind.Signed, Purpose, s_content);
        TaskCompletionSource held = new();
        _registry.Held = held.Task;
        int asked = _registry.Questions;
        Task<(OpenOutcome Outcome, string?)> stranger = other.Begin(
            ValueKind.Signed,
            Purpose,
            WithUnknownKey(old)
        );
        await Eventually.Holds(() => _registry.Questions > asked);

        _registry.Held = Task.CompletedTask;
        Add(TimeSpan.Zero);
        await one.Poll();
        string @new = one.Make(ValueKind.Signed, Purpose, s_content);
        Task<(OpenOutcome, string?)> valid = other.Begin(ValueKind.Signed, Purpose, @new);
        held.SetResult();

        Assert.Equal(OpenOutcome.Invalid, (await other.WhileTimePasses(stranger)).Outcome);
        Assert.Equal((OpenOutcome.Opened, "010203"), await other.WhileTimePasses(valid));
    }

    [Fact]
    public async Task Caller_who_leaves_does_not_wait_for_the_question()
    {
        using KeyNode node = await KeyNode.Start(_registry, _clock);
        string value = node.Make(ValueKind.Signed, Purpose, s_content);
        TaskCompletionSource held = new();
        _registry.Held = held.Task;
        using CancellationTokenSource left = new();
        Task reading = node.Begin(ValueKind.Signed, Purpose, WithUnknownKey(value), left.Token);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        held.SetResult();
    }

    private static async Task AssertOpened(KeyNode node, ValueKind kind, params string[] values)
    {
        foreach (string value in values)
            Assert.Equal((OpenOutcome.Opened, "010203"), await node.Read(kind, Purpose, value));
    }

    private KeyId Add(TimeSpan signsAfter)
    {
        AddKeyResult.Added added = Assert.IsType<AddKeyResult.Added>(
            _registry.Keys.Add(KeyId.New(), _clock.GetUtcNow(), signsAfter)
        );
        _registry.Keys = added.Next;
        return added.Key.Id;
    }

    private void Remove(KeyId id) =>
        _registry.Keys = Assert
            .IsType<RemoveKeyResult.Removed>(_registry.Keys.Remove(id, _clock.GetUtcNow()))
            .Next;

    private static string WithUnknownKey(string value)
    {
        byte[] bytes = System.Buffers.Text.Base64Url.DecodeFromChars(value);
        KeyId.New().Write(bytes.AsSpan(1));
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
