namespace SessionAuth.Cluster.Tests.Running;

/// <summary>The users and browsers of a load.</summary>
public sealed class Population
{
    /// <summary>The emails of the users.</summary>
    public RandomAccessBag<string> People { get; private set; } = new();

    public RandomAccessBag<Device> Devices { get; private set; } = new();

    public bool IsEmpty => People.Count == 0;

    /// <summary>Leaves out the users and browsers that were added first, and browsers in an unknown state.</summary>
    /// <param name="people">How many users stay.</param>
    /// <param name="live">How many browsers with a live session stay.</param>
    /// <param name="revoked">How many browsers with a revoked session stay.</param>
    public void Shrink(int people, int live, int revoked)
    {
        IReadOnlyCollection<Device> devices = Devices.All();
        People = new(People.All().TakeLast(people));
        Devices = new([
            .. In(ExpectedState.Live).TakeLast(live),
            .. In(ExpectedState.Revoked).TakeLast(revoked),
        ]);

        IEnumerable<Device> In(ExpectedState state) =>
            devices.Where(device => device.ExpectedState == state);
    }
}
