using System.Globalization;
using Xunit.Abstractions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>
/// Leases in long random courses. <c>LIVES</c> says how many times more there are, and <c>SEED</c> which one is played
/// again.
/// </summary>
public sealed class LeaseCourses(ITestOutputHelper output)
{
    private const int Courses = 50_000;
    private const int Length = 250;
    private const ulong FixedSeed = 1;

    [Fact]
    public void A_revocation_holds_in_random_courses() => Play(FixedSeed, Courses * Times());

    [Fact]
    public void A_revocation_holds_in_courses_that_were_not_played_before()
    {
        string? seed = Environment.GetEnvironmentVariable("SEED");
        if (seed is not null)
            Play(ulong.Parse(seed, CultureInfo.InvariantCulture), 1);
        else
            Play((ulong)Random.Shared.NextInt64(), Courses * Times());
    }

    private static int Times() =>
        Environment.GetEnvironmentVariable("LONG") == "1" ? 20
        : int.TryParse(Environment.GetEnvironmentVariable("LIVES"), out int times) ? times
        : 1;

    private void Play(ulong seed, int courses)
    {
        output.WriteLine($"{courses:N0} courses from SEED={seed}");
        CourseStep[] steps = new CourseStep[Length];
        (int recalled, int takenOver, int accepted) = (0, 0, 0);
        for (int i = 0; i < courses; i++, seed++)
        {
            Dice dice = new(seed);
            for (int step = 0; step < steps.Length; step++)
                steps[step] = CourseStep.Of(ref dice);
            LeaseCourse course = new(seed);
            if (course.FindFailure(steps) is not null)
                Assert.Fail($"SEED={seed}\n{Told(seed, Shrunk(seed, steps))}");
            recalled += course.Recalled;
            takenOver += course.TakenOver;
            accepted += course.Accepted;
        }
        output.WriteLine(
            $"{recalled:N0} revocations recalled copies, {takenOver:N0} sessions were taken over, {accepted:N0} checks accepted"
        );
        Assert.True(courses == 1 || recalled > courses / 5, "The courses show too little.");
    }

    // Leaves out what the failure does not need.
    private static List<CourseStep> Shrunk(ulong seed, IReadOnlyList<CourseStep> steps)
    {
        List<CourseStep> needed = [.. steps];
        int before;
        do
        {
            before = needed.Count;
            for (int length = before / 2; length > 0; length /= 2)
                needed = Shrunk(seed, needed, length);
        } while (needed.Count < before);
        return needed;
    }

    private static List<CourseStep> Shrunk(ulong seed, List<CourseStep> needed, int length)
    {
        for (int at = needed.Count - length; at >= 0; at -= length)
        {
            if (at + length > needed.Count)
                continue;
            List<CourseStep> fewer = [.. needed];
            fewer.RemoveRange(at, length);
            if (new LeaseCourse(seed).FindFailure(fewer) is not null)
                needed = fewer;
        }
        return needed;
    }

    private static string Told(ulong seed, List<CourseStep> steps)
    {
        List<string> log = [];
        new LeaseCourse(seed, log).FindFailure(steps);
        return string.Join('\n', log);
    }
}
