namespace SessionAuth.KilledNode;

/// <summary>The real clock, set ahead.</summary>
internal sealed class ClockAhead(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
