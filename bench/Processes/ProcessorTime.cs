using System.Globalization;

namespace SessionAuth.Bench.Processes;

/// <summary>The processor time of processes, to the nanosecond: that of <c>/proc/*/stat</c> is counted in 10 ms.</summary>
internal static class ProcessorTime
{
    /// <summary>What a process has used in the threads that it has.</summary>
    public static TimeSpan Of(int process) =>
        TimeSpan.FromMicroseconds(
            Directory.GetDirectories($"/proc/{process}/task").Sum(OfThread) / 1000.0
        );

    /// <summary>What processes use while something happens.</summary>
    /// <param name="processes">Their ids.</param>
    /// <param name="act">What happens.</param>
    public static async Task<TimeSpan[]> Of(IReadOnlyCollection<int> processes, Func<Task> act)
    {
        TimeSpan[] before = [.. processes.Select(Of)];
        await act();
        return [.. processes.Select((process, index) => Of(process) - before[index])];
    }

    private static long OfThread(string thread)
    {
        try
        {
            string line = File.ReadAllText(Path.Combine(thread, "schedstat"));
            return long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
