namespace SessionAuth.Grains.Storage;

/// <summary>Whoever keeps what it makes of a <see cref="DurableState{TState}"/>.</summary>
internal interface IStateOwner
{
    /// <summary>
    /// An unknown outcome is resolved: the state is the stored version, of that write or another. May interleave with a
    /// call, and must not change the state.
    /// </summary>
    void OnSettled();
}
