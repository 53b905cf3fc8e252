using System.Runtime.InteropServices;

namespace SessionAuth.Domain.Sessions;

/// <summary>
/// A token generation that the client has presented, which confirms that the response with its tokens was delivered.
/// </summary>
/// <param name="Generation">The token generation.</param>
/// <param name="SupersededAt">When a newer generation was presented after it; null if none was.</param>
public readonly record struct Delivery(long Generation, DateTimeOffset? SupersededAt = null);

/// <summary>
/// Which recent token generations of a session the client has presented, and since when each is superseded. Immutable;
/// bounded to <see cref="MostRemembered"/> generations.
/// </summary>
/// <param name="ForgottenBelow">
/// Generations below this one were superseded longer ago than the grace, and are no longer tracked.
/// </param>
/// <param name="Remembered">The presented generations that are still tracked, in ascending order.</param>
public sealed record Deliveries(long ForgottenBelow, IReadOnlyList<Delivery> Remembered)
{
    /// <summary>The maximum number of tracked generations.</summary>
    public const int MostRemembered = 16;

    /// <summary>The value at sign-in: no generation has been presented yet.</summary>
    public static Deliveries None { get; } = new(ForgottenBelow: 1, []);

    /// <summary>The newest presented generation; 0 if none.</summary>
    internal long Newest => Remembered is [.., var newest] ? newest.Generation : 0;

    /// <summary>Whether the generation is no longer tracked: it was superseded long ago.</summary>
    public bool HasForgotten(long generation) => generation < ForgottenBelow;

    /// <summary>Since when a generation is superseded; null if no newer one was presented after it.</summary>
    public DateTimeOffset? SupersededAt(long generation)
    {
        for (int i = 0; i < Remembered.Count; i++)
        {
            if (Remembered[i].Generation == generation)
                return Remembered[i].SupersededAt;
        }

        return null;
    }

    /// <summary>
    /// Records that a token of this generation was presented, which supersedes older presented generations.
    /// </summary>
    /// <param name="generation">The presented generation.</param>
    /// <param name="now">The current time.</param>
    /// <param name="forgetAfter">How long a superseded generation has to be tracked.</param>
    /// <returns>The same instance when nothing changes, which is the common case and allocates nothing.</returns>
    public Deliveries Presented(long generation, DateTimeOffset now, TimeSpan forgetAfter)
    {
        return HasForgotten(generation) || Knows(generation)
            ? this
            : With(generation, now, forgetAfter);
    }

    /// <summary>The presented generations, another token of which changes nothing.</summary>
    public IReadOnlyList<long> Settled() =>
        Remembered.Select(known => known.Generation).Where(Knows).ToArray();

    private Deliveries With(long generation, DateTimeOffset now, TimeSpan forgetAfter)
    {
        List<Delivery> all = new(Remembered.Count + 1);
        foreach (Delivery known in Remembered)
        {
            if (known.Generation < generation)
                all.Add(known with { SupersededAt = known.SupersededAt ?? now });
        }

        all.Add(new(generation, SupersededAt(generation)));
        foreach (Delivery known in Remembered)
        {
            if (known.Generation > generation)
                all.Add(known);
        }

        return Forgetting(all, now, forgetAfter);
    }

    private bool Knows(long generation)
    {
        bool cameBack = false;
        for (int i = 0; i < Remembered.Count; i++)
        {
            Delivery known = Remembered[i];
            if (known.Generation < generation && known.SupersededAt is null)
                return false;
            cameBack |= known.Generation == generation;
        }

        return cameBack;
    }

    // A generation that was never presented is not superseded, however old it is: trimming stops before it while there
    // is room.
    private Deliveries Forgetting(List<Delivery> all, DateTimeOffset now, TimeSpan forgetAfter)
    {
        long below = ForgottenBelow;
        int forgotten = 0;
        while (
            all.Count - forgotten > MostRemembered
            || (
                all[forgotten].Generation == below
                && all[forgotten].SupersededAt is { } at
                && now - at >= forgetAfter
            )
        )
            below = all[forgotten++].Generation + 1;
        return new(below, CollectionsMarshal.AsSpan(all)[forgotten..].ToArray());
    }
}
