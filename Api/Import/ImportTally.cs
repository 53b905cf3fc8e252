using System.Globalization;
using System.Text;
using MongoDB.Bson;

namespace SessionAuth.Api.Import;

/// <summary>What became of the documents. Counted from many tasks at once.</summary>
/// <param name="dryRun">Whether it only would have become of them.</param>
internal sealed class ImportTally(bool dryRun)
{
    private const int MostExamples = 10;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<Refusal, Refused> _refused = [];
    private long _made;
    private long _skipped;

    /// <summary>How many documents have been dealt with.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
                return _made + _skipped + RefusedCount;
        }
    }

    private long RefusedCount => _refused.Values.Sum(refused => refused.Count);

    public void Made()
    {
        lock (_lock)
            _made++;
    }

    public void Skipped()
    {
        lock (_lock)
            _skipped++;
    }

    public void Refuse(Refusal why, BsonValue? id, Position position)
    {
        lock (_lock)
        {
            if (!_refused.TryGetValue(why, out Refused? refused))
                _refused[why] = refused = new();
            refused.Count++;
            if (refused.Examples.Count < MostExamples)
                refused.Examples.Add(Example(id, position));
        }
    }

    /// <summary>The three counts in one line.</summary>
    public string Counts()
    {
        lock (_lock)
        {
            string made = dryRun ? "would be made" : "made";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_made:N0} {made}, {_skipped:N0} skipped, {RefusedCount:N0} refused"
            );
        }
    }

    /// <summary>The counts, and why documents were skipped and refused.</summary>
    public string Report()
    {
        StringBuilder report = new();
        lock (_lock)
        {
            report.Append(Counts()).AppendLine(".");
            if (_skipped > 0)
                Line($"Skipped, since the address has an account already: {_skipped:N0}");
            foreach ((Refusal why, Refused refused) in _refused)
            {
                string more = refused.Count > refused.Examples.Count ? ", …" : "";
                Line($"Refused, since {why.Sentence()}: {refused.Count:N0}");
                Line($"    {string.Join(", ", refused.Examples)}{more}");
            }
        }

        return report.ToString();

        void Line(FormattableString line) =>
            report.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    // A text for an id may be the address itself.
    private static string Example(BsonValue? id, Position position) =>
        id switch
        {
            BsonObjectId or BsonInt32 or BsonInt64 => $"_id {id}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"number {position.Number:N0} by _id of those that are {(position.Verified ? "" : "not ")}verified"
            ),
        };

    private sealed class Refused
    {
        public long Count { get; set; }

        public List<string> Examples { get; } = [];
    }
}

/// <summary>Where a document stands in its part of the collection.</summary>
/// <param name="Number">Its number by <c>_id</c>, from one.</param>
/// <param name="Verified">Whether the part is that of the verified addresses.</param>
internal readonly record struct Position(long Number, bool Verified);
