namespace SessionAuth.Grains.Passwords;

/// <summary>How many of the last passwords were right: of people who sign in most are, of a flood of guesses none.</summary>
internal sealed class RecentGuesses
{
    // Of the last 32, all but three: people mistype, but not that often.
    private const int Remembered = 32;
    private const double MostlyWrong = 0.9;

    private readonly Lock _lock = new();
    private double _wrong;

    /// <summary>Whether next to none was right.</summary>
    public bool AreMostlyWrong
    {
        get
        {
            lock (_lock)
                return _wrong > MostlyWrong;
        }
    }

    /// <summary>Counts one; each counts for less the longer ago it was.</summary>
    public void Add(bool right)
    {
        lock (_lock)
            _wrong += ((right ? 0 : 1) - _wrong) / Remembered;
    }
}
