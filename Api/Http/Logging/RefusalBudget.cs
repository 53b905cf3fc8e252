namespace SessionAuth.Api.Http.Logging;

/// <summary>
/// Rate limit for logged refusals, per client and per kind, in windows of ten seconds. Further refusals are counted and
/// summarized in one line: a flood of forged cookies must neither fill the disk nor hide other lines.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="notWritten">
/// Called at the end of the window for each kind that was not logged in full, with the kind, the number of suppressed
/// lines and the window in seconds.
/// </param>
internal sealed class RefusalBudget(TimeProvider clock, Action<string, int, int> notWritten)
    : IDisposable
{
    /// <summary>The maximum number of lines of one kind for one client.</summary>
    public const int MostFromOneClient = 20;

    /// <summary>The maximum number of lines of one kind.</summary>
    public const int MostOfAKind = 200;

    /// <summary>The length of the window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Dictionary<string, Kind> _kinds = [];
    private ITimer? _end;

    /// <summary>Counts a refusal; false if it must not be logged.</summary>
    /// <param name="what">The kind of refusal, of which there are few.</param>
    /// <param name="client">The client's IP address.</param>
    public bool TrySpend(string what, string client)
    {
        lock (_lock)
        {
            _end ??= clock.CreateTimer(_ => End(), state: null, Window, Timeout.InfiniteTimeSpan);
            if (!_kinds.TryGetValue(what, out Kind? kind))
                _kinds[what] = kind = new();
            return kind.TrySpend(client);
        }
    }

    public void Dispose() => End();

    private void End()
    {
        Dictionary<string, Kind> ended;
        lock (_lock)
        {
            _end?.Dispose();
            _end = null;
            ended = _kinds;
            _kinds = [];
        }

        foreach ((string what, Kind kind) in ended)
        {
            if (kind.NotWritten > 0)
                notWritten(what, kind.NotWritten, (int)Window.TotalSeconds);
        }
    }

    // Tracks no more clients than there are lines, so that a flood from many IP addresses does not use more memory.
    private sealed class Kind
    {
        private readonly Dictionary<string, int> _byClient = [];
        private int _written;

        public int NotWritten { get; private set; }

        public bool TrySpend(string client)
        {
            int own = _byClient.GetValueOrDefault(client);
            if (_written >= MostOfAKind || own >= MostFromOneClient)
            {
                NotWritten++;
                return false;
            }

            _byClient[client] = own + 1;
            _written++;
            return true;
        }
    }
}
