namespace SessionAuth.Bench.Clusters;

/// <summary>The middle of several measurements.</summary>
internal static class Medians
{
    public static double Median(this IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered.Length == 0 ? 0 : ordered[ordered.Length / 2];
    }

    public static TimeSpan Median(this IEnumerable<TimeSpan> values) =>
        new((long)values.Select(value => (double)value.Ticks).Median());
}
