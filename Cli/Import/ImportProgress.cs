using System.Globalization;
using Spectre.Console;

namespace SessionAuth.Cli.Import;

/// <summary>Shows the progress of the import: a bar on a terminal, otherwise a line every five seconds.</summary>
internal sealed class ImportProgress(IAnsiConsole console, bool redirected, TimeProvider clock)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>Shows progress until the work ends, and rethrows its failure.</summary>
    public Task Until(Task work, ImportTally tally, long expected) =>
        redirected ? ShowLines(work, tally, expected) : ShowBar(work, tally, expected);

    private async Task ShowBar(Task work, ImportTally tally, long expected)
    {
        long began = clock.GetTimestamp();
        await console
            .Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left }
            )
            .StartAsync(progress =>
            {
                ProgressTask bar = progress.AddTask("", maxValue: Math.Max(expected, 1));
                return Every(
                    s_second,
                    work,
                    () =>
                    {
                        bar.Value = Math.Min(tally.Total, bar.MaxValue);
                        bar.Description = Markup.Escape(Line(tally, expected, began));
                    }
                );
            });
        await work;
    }

    private async Task ShowLines(Task work, ImportTally tally, long expected)
    {
        long began = clock.GetTimestamp();
        await Every(
            s_second * 5,
            work,
            () => console.Profile.Out.Writer.WriteLine(Line(tally, expected, began))
        );
        await work;
    }

    private async Task Every(TimeSpan pause, Task work, Action show)
    {
        using PeriodicTimer timer = new(pause, clock);
        Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(work, tick) != work)
        {
            show();
            tick = timer.WaitForNextTickAsync().AsTask();
        }
    }

    private string Line(ImportTally tally, long expected, long began)
    {
        long total = tally.Total;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{total:N0} of {expected:N0} ({total / clock.GetElapsedTime(began).TotalSeconds:N0}/s): {tally.Counts()}"
        );
    }
}
