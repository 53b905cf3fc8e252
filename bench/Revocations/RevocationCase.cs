namespace SessionAuth.Bench.Revocations;

/// <summary>Who has copies of the sessions that are revoked.</summary>
/// <param name="Holders">How many front ends have one of each.</param>
/// <param name="OneIsStopped">Whether one of them is suspended before the revocations.</param>
internal sealed record RevocationCase(int Holders, bool OneIsStopped = false)
{
    public static IReadOnlyList<RevocationCase> All { get; } =
    [new(0), new(3), new(10), new(10, OneIsStopped: true)];

    /// <summary>The holders that answer.</summary>
    public int Answering => OneIsStopped ? Holders - 1 : Holders;

    public override string ToString() =>
        OneIsStopped ? $"{Holders}, one of them stopped" : $"{Holders}";
}
