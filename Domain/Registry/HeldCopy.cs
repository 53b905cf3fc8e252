using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Registry;

/// <summary>A copy of the registry, as its holder sees it. Immutable.</summary>
/// <remarks>
/// A holder has one question at a time: when it gives up waiting, it never looks at the answer. So no older answer comes
/// after a newer one, and with the next question it has no other version than it says.
/// </remarks>
/// <param name="Content">The content.</param>
/// <param name="Until">The end of the right to use it.</param>
public sealed record HeldCopy(RegistryContent Content, LeaseDeadline Until)
{
    /// <summary>Takes an answer of the registry.</summary>
    /// <param name="before">The copy that is held; null for none.</param>
    /// <param name="content">The content; null when that of the copy is the newest.</param>
    /// <param name="usableFor">The length of the right that comes with the answer.</param>
    /// <param name="asked">The time before the question was sent.</param>
    /// <returns>The copy; null when there is none.</returns>
    public static HeldCopy? Take(
        HeldCopy? before,
        RegistryContent? content,
        TimeSpan usableFor,
        ClockReading asked
    )
    {
        LeaseDeadline until = LeaseDeadline.After(asked, usableFor);
        return (content ?? before?.Content) is { } newest
            ? new(newest, before is null ? until : until.OrLater(before.Until))
            : null;
    }

    /// <summary>Whether nothing has been taken away from the registry that the copy still has.</summary>
    /// <param name="now">The time, read after the copy was.</param>
    public bool IsUsable(ClockReading now) => !Until.HasPassed(now);
}
