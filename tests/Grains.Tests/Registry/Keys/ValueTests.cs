using Microsoft.Extensions.Time.Testing;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Keys;

namespace SessionAuth.Grains.Tests.Registry.Keys;

/// <summary>Sealed and signed values: what is accepted on a node that has their key.</summary>
public sealed class ValueTests : IAsyncLifetime
{
    private const string Purpose = "code";
    private const string Alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly FakeTimeProvider _clock = new();
    private readonly ControlledRegistry _registry;
    private KeyNode _node = null!;

    public ValueTests() => _registry = new(_clock);

    public async Task InitializeAsync() => _node = await KeyNode.Start(_registry, _clock);

    public Task DisposeAsync()
    {
        _node.Dispose();
        return Task.CompletedTask;
    }

    public static TheoryData<ValueKind, int> Lengths
    {
        get
        {
            TheoryData<ValueKind, int> lengths = [];
            foreach (int length in new[] { 0, 1, 2, 3, 40, 1000, 3035 })
            {
                lengths.Add(ValueKind.Sealed, length);
                lengths.Add(ValueKind.Signed, length);
            }

            return lengths;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Content_is_read_for_the_purpose_that_it_was_made_for(
        ValueKind kind,
        int length
    )
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(index => (byte)index)];
        string value = _node.Make(kind, Purpose, content);

        Assert.InRange(value.Length, 1, 4096);
        Assert.Matches("^[A-Za-z0-9_-]+$", value);
        Assert.Equal(
            (OpenOutcome.Opened, Convert.ToHexString(content)),
            await _node.Begin(kind, Purpose, value)
        );
        await AssertInvalid(kind, "mode", value);
        await AssertInvalid(kind, "codes", value);
        await AssertInvalid(kind, "", value);
        await AssertInvalid(kind, Purpose + "\0", value);
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Value_with_any_other_character_is_refused(ValueKind kind)
    {
        // All lengths of the last group of characters.
        foreach (int length in new[] { 4, 5, 6 })
        {
            string value = _node.Make(kind, Purpose, new byte[length]);
            for (int place = 0; place < value.Length; place++)
            {
                // Some bits of the last character are not part of a byte.
                string others = place < value.Length - 1 ? "AQgw_" : Alphabet;
                foreach (char other in others.Where(other => other != value[place]))
                    await AssertInvalid(
                        kind,
                        Purpose,
                        value[..place] + other + value[(place + 1)..]
                    );
            }
        }
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Value_in_another_form_is_refused_without_a_question(ValueKind kind)
    {
        string value = _node.Make(kind, Purpose, [1, 2]);
        int asked = _registry.Questions;

        string[] others =
        [
            "",
            "A",
            value[..^1],
            value[1..],
            value + "A",
            value + "=",
            value + "==",
            value + " ",
            value + "\n",
            " " + value,
            value[..20] + " " + value[20..],
            value[..20] + "é" + value[21..],
            value + value,
            new string('A', 4096),
            new string('A', 4097),
            value + new string('A', 100_000),
            value[..30],
        ];
        foreach (string other in others)
            Assert.Equal((OpenOutcome.Invalid, null), await _node.Begin(kind, Purpose, other));
        Assert.Equal(asked, _registry.Questions);
    }

    [Fact]
    public async Task Value_of_one_kind_is_not_one_of_the_other()
    {
        await AssertInvalid(
            ValueKind.Signed,
            Purpose,
            _node.Make(ValueKind.Sealed, Purpose, [1, 2, 3])
        );
        await AssertInvalid(
            ValueKind.Sealed,
            Purpose,
            _node.Make(ValueKind.Signed, Purpose, new byte[40])
        );
    }

    [Fact]
    public async Task Purpose_and_content_are_not_confused()
    {
        string value = _node.Make(ValueKind.Signed, "ab", "c"u8);

        await AssertInvalid(ValueKind.Signed, "a", value);
        await AssertInvalid(ValueKind.Signed, "abc", value);
    }

    [Fact]
    public void Sealed_content_cannot_be_read_and_is_never_the_same_twice()
    {
        byte[] content = "a session and a nonce"u8.ToArray();
        string value = _node.Make(ValueKind.Sealed, Purpose, content);

        Assert.DoesNotContain(
            System.Buffers.Text.Base64Url.EncodeToString(content)[4..^4],
            value,
            StringComparison.Ordinal
        );
        Assert.NotEqual(value, _node.Make(ValueKind.Sealed, Purpose, content));
    }

    [Fact]
    public void Signed_value_is_short() =>
        Assert.Equal(87, _node.Make(ValueKind.Signed, "session token", new byte[40]).Length);

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public void Content_and_purpose_that_are_too_long_are_errors(ValueKind kind)
    {
        Assert.Throws<ArgumentException>(() => _node.Make(kind, Purpose, new byte[3050]));
        Assert.Throws<ArgumentException>(() => _node.Make(kind, new('p', 257), []));
    }

    [Theory]
    [InlineData(ValueKind.Sealed)]
    [InlineData(ValueKind.Signed)]
    public async Task Node_that_may_be_outdated_neither_makes_nor_reads_values(ValueKind kind)
    {
        string value = _node.Make(kind, Purpose, [1]);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Throws<RegistryUnavailableException>(() => _node.Make(kind, Purpose, [1]));
        await Assert.ThrowsAsync<RegistryUnavailableException>(() =>
            _node.Begin(kind, Purpose, value)
        );
        await AssertInvalid(kind, Purpose, "malformed");
    }

    [Fact]
    public async Task Reading_a_signed_value_allocates_the_content_alone()
    {
        const int Times = 1000;
        const int ContentBytes = 40;
        const int ArrayBytes = 64;
        string value = _node.Make(ValueKind.Signed, Purpose, new byte[ContentBytes]);
        SignedValues signed = new(new(_node.Copy, new(_node.Copy, _clock), _clock));
        await signed.Read(Purpose, value, default);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < Times; time++)
            _ = await signed.Read(Purpose, value, default);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, Times * ContentBytes, Times * ArrayBytes + 1024);
    }

    private async Task AssertInvalid(ValueKind kind, string purpose, string value) =>
        Assert.Equal((OpenOutcome.Invalid, null), await _node.Read(kind, purpose, value));
}
