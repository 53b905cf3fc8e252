using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Warming;

/// <summary>
/// How long a published node takes after a start until a check costs what it costs warm: processor time of the process
/// for each check, by the time under full load.
/// </summary>
internal static class FreshNode
{
    private const int Sessions = 300;
    private const int Seconds = 5;
    private const int Rounds = 24;
    private const int WarmRounds = 6;

    public static async Task Measure()
    {
        using PublishedNode published = await PublishedNode.Publish();
        Person[] people;
        await using (MeasuredProcess first = await published.Start())
            people = await Person.Register(first.Url, Sessions);

        await using MeasuredProcess node = await published.Start();
        TimeSpan start = node.ProcessorTime;
        using Wrk browsers = await Wrk.With(people.Select(person => person.Cookie));
        List<double> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan used = node.ProcessorTime;
            WrkRun run = await browsers.Run(node.Url + "/test", Seconds);
            rounds.Add((node.ProcessorTime - used).TotalMicroseconds / run.Requests);
        }

        double warm = rounds.TakeLast(WarmRounds).Median();
        Console.WriteLine(
            $"""
            A published node, {start.TotalSeconds:F2} s of processor time until it is ready, then full load:

            | after | CPU of a check, in {Seconds} s | to warm |
            |---|---|---|
            """
        );
        foreach (int after in (int[])[0, 5, 10, 15, 30, 60])
        {
            double check = rounds[after / Seconds];
            Console.WriteLine($"| {after} s | {check:F1} µs | {check / warm:F2} |");
        }
        Console.WriteLine(
            $"| {(Rounds - WarmRounds) * Seconds} s and later | {warm:F1} µs | 1.00 |"
        );
        foreach (Person person in people)
            person.Dispose();
    }
}
