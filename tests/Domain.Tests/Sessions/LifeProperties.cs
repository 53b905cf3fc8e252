using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What the rules of refreshes are for, over whole lives of sessions.</summary>
public sealed class LifeProperties
{
    private const int Lives = 2000;

    public static Arbitrary<Happening> Happenings()
    {
        Gen<int> which = Gen.Choose(0, 5);
        Gen<bool> either = Gen.Elements(true, false);
        Gen<bool> seldom = Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)));
        Gen<Fault> faults = Gen.Frequency(
            (6, Gen.Constant(Fault.None)),
            (1, Gen.Elements(Enum.GetValues<Fault>()))
        );
        Gen<Happening> pause =
            from seconds in Gen.Frequency(
                (4, Gen.Choose(0, 12)),
                (3, Gen.Choose(0, 150)),
                (2, Gen.Choose(800, 1000)),
                (1, Gen.Choose(0, 200_000))
            )
            select (Happening)new Happening.Pause(seconds);
        Gen<Happening> sent =
            from request in Gen.Elements(Request.Check, Request.Refresh, Request.StepUp)
            select (Happening)new Happening.Sent(request);
        Gen<Happening> served =
            from n in which
            from fault in faults
            from again in seldom
            select (Happening)new Happening.Served(n, fault, again);
        Gen<Happening> answered =
            from n in which
            from lost in seldom
            select (Happening)new Happening.Answered(n, lost);
        Gen<Happening> saved =
            from leaves in either
            select (Happening)new Happening.ActivitySaved(leaves);
        Gen<Happening> killed =
            from stored in either
            select (Happening)new Happening.Killed(stored);
        return Gen.Frequency(
                (3, pause),
                (6, sent),
                (6, served),
                (6, answered),
                (1, saved),
                (3, Gen.Constant((Happening)new Happening.Settled())),
                (1, killed)
            )
            .ToArbitrary();
    }

    [Property(Arbitrary = [typeof(LifeProperties)], MaxTest = Lives, EndSize = 200)]
    public void No_course_of_events_signs_an_honest_browser_out(Happening[] happenings)
    {
        Life life = new();
        foreach (Happening happening in happenings)
        {
            life.Play(happening);
            Assert.True(life.IsLive);
        }

        // Whatever is under way is given up, and then the browser's cookies bring tokens.
        life.Settle();
        life.Pass(Life.LongestHeldUp + Life.Grace + TimeSpan.FromSeconds(1));
        Assert.IsType<RefreshResult.Refreshed>(life.Spend(life.Jar.Generation));
        Assert.True(life.IsLive);
    }

    [Property(Arbitrary = [typeof(LifeProperties)], MaxTest = Lives, EndSize = 200)]
    public void Every_thief_who_uses_a_copy_after_its_owner_has_moved_on_is_found(
        Happening[] before,
        Happening[] after
    )
    {
        Life life = new();
        foreach (Happening happening in before)
            life.Play(happening);
        long copy = life.Jar.Generation;
        foreach (Happening happening in after)
            life.Play(happening);
        if (life.SupersededAt(copy) is not { } supersededAt)
            return;

        life.Settle();
        TimeSpan since = life.Now - supersededAt;
        TimeSpan found = Life.Grace + Life.LongestHeldUp;
        if (since < found)
            life.Pass(found - since);

        Assert.IsType<RefreshResult.Replayed>(life.Spend(copy));
        Assert.False(life.IsLive);
    }
}
