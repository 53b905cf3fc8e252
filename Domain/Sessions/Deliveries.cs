namespace SessionAuth.Domain.Sessions;

/// <summary>A generation of tokens that has come back, which shows that the answer with them was delivered.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="SupersededAt">When something newer came back after it; null while nothing has.</param>
public readonly record struct Delivery(long Generation, DateTimeOffset? SupersededAt = null);

/// <summary>
/// Which of a session's last generations have come back, and since when each is superseded. An immutable value that
/// remembers at most <see cref="MostRemembered"/> generations.
/// </summary>
/// <param name="ForgottenBelow">All generations below this one were superseded long ago.</param>
/// <param name="Remembered">Those that have come back since, in ascending order.</param>
public sealed record Deliveries(long ForgottenBelow, IReadOnlyList<Delivery> Remembered)
{
    /// <summary>The most generations that are remembered.</summary>
    public const int MostRemembered = 16;

    /// <summary>The value at sign-in: nothing has come back yet.</summary>
    public static Deliveries None { get; } = new(ForgottenBelow: 1, []);

    /// <summary>The newest generation that has come back; 0 while none has.</summary>
    internal long Newest => Remembered is [.., var newest] ? newest.Generation : 0;

    /// <summary>Whether it was superseded so long ago that nothing else is known of it.</summary>
    public bool HasForgotten(long generation) => generation < ForgottenBelow;

    /// <summary>Since when a generation is superseded; null while nothing newer has come back after it.</summary>
    public DateTimeOffset? SupersededAt(long generation)
    {
        for (int i = 0; i < Remembered.Count; i++)
        {
            if (Remembered[i].Generation == generation)
                return Remembered[i].SupersededAt;
        }

        return null;
    }

    /// <summary>A token of this generation has come back, which supersedes the older ones that came back before.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="now">When.</param>
    /// <param name="forgetAfter">How long the time matters at which a generation was superseded.</param>
    /// <returns>The same instance when nothing changes, as is nearly always the case.</returns>
    public Deliveries CameBack(long generation, DateTimeOffset now, TimeSpan forgetAfter)
    {
        return HasForgotten(generation) || Knows(generation)
            ? this
            : With(generation, now, forgetAfter);
    }

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

    // A generation that never came back is not superseded, however old it is, so forgetting stops before it while there is room.
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
        return new(below, all[forgotten..]);
    }
}
