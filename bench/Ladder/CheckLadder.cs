using System.Globalization;

namespace SessionAuth.Bench.Ladder;

/// <summary>The steps of the ladder, and how they compare.</summary>
/// <param name="Bare">The least that the framework can do.</param>
/// <param name="Jwt">A signed token that is verified for each request, and that cannot be revoked.</param>
/// <param name="Kinds">The kinds of nodes.</param>
internal sealed record CheckLadder(
    LadderStep Bare,
    LadderStep Jwt,
    IReadOnlyList<LadderOfNode> Kinds
)
{
    public Task Measure() =>
        LadderStep.MeasureInTurn([
            Bare,
            .. Kinds.SelectMany(kind => kind.Checks.Prepend(kind.Unchecked)),
            Jwt,
        ]);

    public void Print()
    {
        Console.WriteLine(
            $"""
            {LadderStep.Method}

            | what answers | CPU of the server | to bare | to the same answer | to `JwtBearer` | rate | garbage |
            |---|---|---|---|---|---|---|
            """
        );
        Print(Bare, "", null);
        foreach (LadderOfNode kind in Kinds)
        {
            Print(kind.Unchecked, $"{kind.Name}: ", null);
            foreach (LadderStep check in kind.Checks)
                Print(check, $"{kind.Name}: ", kind.Unchecked);
        }
        Print(Jwt, "", null);
    }

    private void Print(LadderStep step, string kind, LadderStep? same)
    {
        LadderRound median = step.Median;
        Console.WriteLine(
            $"| {kind}{step.Name} | {median.Microseconds:F1} µs | {Ratio(median, Bare)} | {Ratio(median, same)} "
                + $"| {Ratio(median, Jwt)} | {median.PerSecond:N0}/s | {median.Bytes:N0} B |"
        );
    }

    private static string Ratio(LadderRound round, LadderStep? to) =>
        to is null
            ? ""
            : (round.Microseconds / to.Median.Microseconds).ToString(
                "F2",
                CultureInfo.InvariantCulture
            );
}

/// <summary>The steps of one kind of node.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Unchecked">The answer of a check without the check.</param>
/// <param name="Checks">What is compared with it.</param>
internal sealed record LadderOfNode(
    string Name,
    LadderStep Unchecked,
    IReadOnlyList<LadderStep> Checks
);
