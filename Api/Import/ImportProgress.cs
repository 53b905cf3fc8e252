using System.Globalization;

namespace SessionAuth.Api.Import;

/// <summary>Says how far the import is: on a terminal one line that changes each second, else a line every five.</summary>
internal sealed class ImportProgress(TextWriter output, bool terminal, TimeProvider clock)
{
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(terminal ? 1 : 5);
    private int _width;

    /// <summary>Shows it until the work ends, which may fail.</summary>
    public async Task Until(Task work, ImportTally tally, long expected)
    {
        long began = clock.GetTimestamp();
        using PeriodicTimer timer = new(_pause, clock);
        Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(work, tick) != work)
        {
            Show(tally, expected, clock.GetElapsedTime(began));
            tick = timer.WaitForNextTickAsync().AsTask();
        }

        if (terminal)
            output.Write($"\r{new string(' ', _width)}\r");
        await work;
    }

    private void Show(ImportTally tally, long expected, TimeSpan elapsed)
    {
        long total = tally.Total;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{total:N0} of {expected:N0} ({total / elapsed.TotalSeconds:N0}/s): {tally.Counts()}"
        );
        if (!terminal)
        {
            output.WriteLine(line);
            return;
        }

        output.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }
}
