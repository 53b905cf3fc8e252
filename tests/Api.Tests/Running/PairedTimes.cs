using System.Diagnostics;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Compares the times of two kinds of request, sent in pairs so that both run under the same load.</summary>
public sealed class PairedTimes
{
    private readonly Lock _lock = new();
    private readonly List<double> _ones = [];
    private readonly List<double> _others = [];

    /// <summary>How often a comparison is repeated: other load may affect one round, but a real difference shows in each.</summary>
    public const int Rounds = 3;

    /// <summary>Whether the two kinds cannot be told apart by their times.</summary>
    public static bool IsWithinATenth(double ratio) => ratio is > 0.9 and < 1.1;

    /// <summary>
    /// Sends one request of each kind, in random order. In a fixed order each kind could always be hashed by the same thread,
    /// and the times would be those of the threads.
    /// </summary>
    public async Task Add(Func<Task<double>> one, Func<Task<double>> other)
    {
        bool swapped = Random.Shared.Next(2) == 1;
        double first = await (swapped ? other : one)();
        double second = await (swapped ? one : other)();
        lock (_lock)
        {
            _ones.Add(swapped ? second : first);
            _others.Add(swapped ? first : second);
        }
    }

    /// <summary>The ratio of the first kind's median to the second's.</summary>
    public double Ratio() => Median(_ones) / Median(_others);

    /// <summary>The time of a request, in milliseconds.</summary>
    /// <param name="request">Sends the request.</param>
    /// <param name="judge">Checks the answer, after the time is taken.</param>
    public static async Task<double> Time(
        Func<Task<HttpResponseMessage>> request,
        Action<HttpResponseMessage> judge
    )
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await request();
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        judge(response);
        return taken;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
