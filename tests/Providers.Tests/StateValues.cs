using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace SessionAuth.Providers.Tests;

/// <summary>Example values of states, by whether providers return them unchanged.</summary>
public static class StateValues
{
    private static readonly JsonElement s_twice = JsonSerializer.Deserialize<JsonElement>(
        """{"a":1,"a":2}"""
    );

    /// <summary>Returned unchanged by every storage.</summary>
    public static IReadOnlyList<StateValue> Kept { get; } =
    [
        Value<string?>("no text", null),
        Value("an empty text", ""),
        Value("a text of all kinds", "Grüße 漢字 🔑 \u202e \0 \u001f \u2028 \" \\ / <b>"),
        Value("the replacement character", "\ufffd"),
        Value("a text that looks like a time", "2030-01-02T03:04:05Z"),
        Value("a text that looks like an operator", "$date"),
        Value("a text that looks like an encoded date", "date-0123456789abcdef:5"),
        Value("a text of a million characters", new string('é', 1_000_000)),
        Value("a character", '漢'),
        Value("true", true),
        Value("a byte", byte.MaxValue),
        Value("the least int", int.MinValue),
        Value("the least long", long.MinValue),
        Value("the largest long", long.MaxValue),
        Value("a ulong above the largest long", long.MaxValue + 1UL),
        Value("the largest ulong", ulong.MaxValue),
        Value("an Int128 of 34 digits", -(Int128)UInt64.MaxValue * 100_000_000_000_000),
        Value("no number", (int?)null),
        Value("the largest decimal", decimal.MaxValue),
        Value("the least decimal", decimal.MinValue),
        Value("the smallest decimal", 0.0000000000000000000000000001m),
        Value("a decimal of 29 digits", 1.2345678901234567890123456789m),
        Value("a decimal with trailing zeros", 1.5000m),
        Value("a decimal that no double holds", 0.1234567890123456789m),
        Value("a decimal zero with a scale", 0.000m),
        Value("a tenth", 0.1),
        Value("a negative zero", -0.0),
        Value("the largest double", double.MaxValue),
        Value("the smallest double", double.Epsilon),
        Value("a whole double beyond long", 1e19),
        Value("not a number", double.NaN),
        Value("infinity", double.PositiveInfinity),
        Value("negative infinity", float.NegativeInfinity),
        Value("a float", 0.1f),
        Value("a large float", 1e10f),
        Value("a float with an exponent", 1.2345679e+08f),
        Value("the largest float", float.MaxValue),
        Value("the smallest float", float.Epsilon),
        Value("a half", Half.Epsilon),
        Value("an enum", Colour.Green),
        Value("an enum that has no name", (Colour)77),
        Value("an enum of flags", ConsoleModifiers.Alt | ConsoleModifiers.Control),
        Value("bytes", new byte[] { 0, 1, 254, 255 }),
        Value("no bytes", Array.Empty<byte>()),
        Value("a guid", Guid.Parse("01a20e1f-048e-742f-9754-68f282fe36b4")),
        Value("a time span", TimeSpan.FromTicks(-1)),
        Value("the longest time span", TimeSpan.MaxValue),
        Value("a time of UTC with ticks", new DateTime(637_000_000_000_000_001, DateTimeKind.Utc)),
        Value(
            "an unspecified time",
            new DateTime(637_000_000_000_000_001, DateTimeKind.Unspecified)
        ),
        Value("a local time", new DateTime(637_000_000_000_000_001, DateTimeKind.Local)),
        Value("the last time", DateTime.MaxValue),
        Value("a moment of UTC", new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)),
        Value("the first moment", DateTimeOffset.MinValue),
        Value("a moment before 1970", new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero)),
        Value("a day", new DateOnly(2030, 1, 2)),
        Value("a time of day", new TimeOnly(23, 59, 59, 999)),
        Value("a URL", new Uri("https://bücher.example/a?b=c#d")),
        Value("a version", new Version(1, 2, 3, 4)),
        Value("an empty list", new List<int>()),
        Value("a list of lists", new List<int[]> { new[] { 1, 2 }, Array.Empty<int>() }),
        Value("a list with gaps", new List<string?> { null, "", null }),
        Value("a set", new HashSet<string> { "b", "a", "c" }),
        Value("an immutable array", ImmutableArray.Create(3, 1, 2)),
        Value("a pair", KeyValuePair.Create("a", 1)),
        Value("an empty dictionary", new Dictionary<string, int>()),
        Value(
            "keys of all kinds",
            Keys("", " ", "漢🔑", "a$", "a b", "_id", "_doc", "__proto__", "0")
        ),
        Value("numbers for keys", new Dictionary<int, int> { [-1] = 1, [7] = 2 }),
        Value("guids for keys", new Dictionary<Guid, int> { [Guid.Empty] = 1 }),
        Value("enums for keys", new Dictionary<Colour, int> { [Colour.Green] = 1 }),
        Value(
            "moments for keys",
            new Dictionary<DateTimeOffset, int> { [DateTimeOffset.UnixEpoch] = 1 }
        ),
        Value("any JSON", Json("""{"a":[1,2.5,1E+400,"x",null,true],"b":{}}""")),
        Value("JSON nested 40 levels deep", Json(Nested(40))),
    ];

    /// <summary>Refused by MongoDB and returned unchanged by SQLite.</summary>
    public static IReadOnlyList<StateValue> NotForMongo { get; } =
    [
        Value("a key that looks like a date", Keys("$date")),
        Value("a key that looks like an operator", Keys("$set")),
        Value("a key that is a dollar", Keys("$")),
        Value("a key with a dot", Keys("ada@example.org")),
        Value("a key that is a dot", Keys(".")),
        Value("a key with a null character", Keys("a\0b")),
        Value("a key that looks like a type", Keys("_t")),
        Value("the largest UInt128", UInt128.MaxValue),
        Value("a duplicate key", s_twice),
    ];

    /// <summary>Refused by every storage.</summary>
    public static IReadOnlyList<StateValue> Refused { get; } =
    [
        Value("half a surrogate pair", "a\ud83d"),
        Value("the other half", "\udd11b"),
        Value("two halves in the wrong order", "\udd11\ud83d"),
        Value("half a surrogate pair for a character", '\ud83d'),
        Value("half a surrogate pair in a key", Keys("a\ud83d")),
        Value("half a surrogate pair beside a replacement character", "\ufffd \ud83d"),
        Value("an integer of 51 digits", BigInteger.Pow(10, 50)),
        Value("a member that is only written", new WrittenOnly(7)),
        Value("a member of an interface", new Box<IComparable>(7)),
        Value("a circle", new Circle()),
        Value("a stack, which is read in reverse order", new Stack<int>([1, 2])),
        Value("an undefined JSON element", default(JsonElement)),
    ];

    public static StateValue Value<T>(string name, T value) => new StateValue<T>(name, value);

    public static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("""{"a":[""", levels / 2))
        + "1"
        + string.Concat(Enumerable.Repeat("]}", levels / 2));

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static Dictionary<string, int> Keys(params string[] keys) =>
        keys.Select(KeyValuePair.Create<string, int>).ToDictionary();

    private sealed class WrittenOnly(int number)
    {
        public WrittenOnly()
            : this(0) { }

        public int Number { get; } = number;
    }

    private sealed class Circle
    {
        public Circle Next => this;
    }
}
