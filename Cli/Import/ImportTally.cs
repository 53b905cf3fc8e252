using System.Globalization;
using System.Text;
using MongoDB.Bson;

namespace SessionAuth.Cli.Import;

/// <summary>Counts the outcomes of an import. Thread-safe.</summary>
/// <param name="dryRun">Whether the outcomes are only predicted.</param>
internal sealed class ImportTally(bool dryRun)
{
    private const int MaxExamples = 10;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<Refusal, Refused> _refused = [];
    private long _imported;
    private long _skipped;

    /// <summary>How many documents have been processed.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
                return _imported + _skipped + RefusedCount;
        }
    }

    private long RefusedCount => _refused.Values.Sum(refused => refused.Count);

    public void Imported()
    {
        lock (_lock)
            _imported++;
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
            if (refused.Examples.Count < MaxExamples)
                refused.Examples.Add(Example(id, position));
        }
    }

    /// <summary>The three counts in one line.</summary>
    public string Counts()
    {
        lock (_lock)
        {
            string imported = dryRun ? "would be imported" : "imported";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_imported:N0} {imported}, {_skipped:N0} skipped, {RefusedCount:N0} refused"
            );
        }
    }

    /// <summary>The counts, and the reasons why documents were skipped or refused.</summary>
    public string Report()
    {
        StringBuilder report = new();
        lock (_lock)
        {
            report.Append(Counts()).AppendLine(".");
            if (_skipped > 0)
                Line($"Skipped because the email already has an account: {_skipped:N0}");
            foreach ((Refusal why, Refused refused) in _refused)
            {
                string more = refused.Count > refused.Examples.Count ? ", …" : "";
                Line($"Refused because {why.Reason()}: {refused.Count:N0}");
                Line($"    {string.Join(", ", refused.Examples)}{more}");
            }
        }

        return report.ToString();

        void Line(FormattableString line) =>
            report.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    // A string id is not printed, because it may be the email.
    private static string Example(BsonValue? id, Position position) =>
        id switch
        {
            BsonObjectId or BsonInt32 or BsonInt64 => $"_id {id}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"number {position.Number:N0} by _id of the {(position.Verified ? "" : "un")}verified"
            ),
        };

    private sealed class Refused
    {
        public long Count { get; set; }

        public List<string> Examples { get; } = [];
    }
}

/// <summary>The position of a document in its part of the collection.</summary>
/// <param name="Number">Its number in the order of <c>_id</c>, from one.</param>
/// <param name="Verified">Whether the part is that of the verified emails.</param>
internal readonly record struct Position(long Number, bool Verified);
