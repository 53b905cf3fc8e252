using System.Collections.Immutable;

namespace SessionAuth.Domain.SignIn;

/// <summary>An immutable queue of times, earliest first, with a count. The default value is empty.</summary>
internal readonly record struct TimeQueue
{
    private readonly ImmutableQueue<DateTimeOffset>? _times;

    private TimeQueue(ImmutableQueue<DateTimeOffset> times, int count) =>
        (_times, Count) = (times, count);

    /// <summary>The number of times.</summary>
    public int Count { get; }

    /// <summary>The earliest time; null if the queue is empty.</summary>
    public DateTimeOffset? First => Count == 0 ? null : _times!.Peek();

    /// <summary>Adds a time that is not earlier than the last one.</summary>
    public TimeQueue With(DateTimeOffset time) => new((_times ?? []).Enqueue(time), Count + 1);

    /// <summary>Removes the earliest time, if any.</summary>
    public TimeQueue WithoutFirst() => Count <= 1 ? default : new(_times!.Dequeue(), Count - 1);
}
