namespace SessionAuth.Bench.Growth.Costs;

/// <summary>The processor time of a call and its answer, in microseconds.</summary>
/// <param name="Silos">Of all silos that take part.</param>
/// <param name="Holder">Of the front end.</param>
internal readonly record struct MessageCost(double Silos, double Holder)
{
    public static MessageCost operator -(MessageCost left, MessageCost right) =>
        new(left.Silos - right.Silos, left.Holder - right.Holder);

    public static MessageCost operator /(MessageCost cost, double by) =>
        new(cost.Silos / by, cost.Holder / by);
}
