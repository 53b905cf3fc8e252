namespace SessionAuth.Bench;

/// <summary>A grain that has nothing: what it takes in memory is Orleans' part of every other one.</summary>
[Alias("SessionAuth.Bench.IEmptyGrain")]
internal interface IEmptyGrain : IGrainWithStringKey
{
    /// <summary>Activates it.</summary>
    [Alias("Touch")]
    Task Touch();
}

/// <inheritdoc cref="IEmptyGrain"/>
// It stays in memory as long as a session does.
[CollectionAgeLimit(Hours = 24)]
[GrainType("bench-empty")]
internal sealed class EmptyGrain : Grain, IEmptyGrain
{
    public Task Touch() => Task.CompletedTask;
}
