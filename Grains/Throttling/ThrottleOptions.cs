namespace SessionAuth.Grains.Throttling;

/// <summary>How many failed sign-ins are let through before tries have to wait, and for how long.</summary>
public sealed class ThrottleOptions
{
    /// <summary>Failures in a row for one address after which tries have to wait.</summary>
    public int FailuresPerAddress { get; set; } = 10;

    /// <summary>Failures from one network within <see cref="NetworkWindow"/> after which tries have to wait.</summary>
    public int FailuresPerNetwork { get; set; } = 100;

    /// <summary>For how long a failure counts against its network.</summary>
    public TimeSpan NetworkWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The first wait; each further failure doubles it.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);
}
