using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Grains.Interfaces.Serialization;

[GenerateSerializer, Immutable, Alias("holder-id-surrogate")]
internal readonly record struct HolderIdSurrogate([property: Id(0)] Guid Value);

[RegisterConverter]
internal sealed class HolderIdConverter : IConverter<HolderId, HolderIdSurrogate>
{
    public HolderId ConvertFromSurrogate(in HolderIdSurrogate surrogate) => new(surrogate.Value);

    public HolderIdSurrogate ConvertToSurrogate(in HolderId value) => new(value.Value);
}

[GenerateSerializer, Immutable, Alias("standing-recall-surrogate")]
internal readonly record struct StandingRecallSurrogate(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] long Below
);

[RegisterConverter]
internal sealed class StandingRecallConverter : IConverter<StandingRecall, StandingRecallSurrogate>
{
    public StandingRecall ConvertFromSurrogate(in StandingRecallSurrogate surrogate) =>
        new(surrogate.Session, surrogate.Below);

    public StandingRecallSurrogate ConvertToSurrogate(in StandingRecall value) =>
        new(value.Session, value.Below);
}

[GenerateSerializer, Immutable, Alias("lease-grant-surrogate")]
internal readonly record struct LeaseGrantSurrogate(
    [property: Id(0)] TimeSpan Length,
    [property: Id(1)] IReadOnlyList<StandingRecall> Recalls
);

[RegisterConverter]
internal sealed class LeaseGrantConverter : IConverter<LeaseGrant, LeaseGrantSurrogate>
{
    public LeaseGrant ConvertFromSurrogate(in LeaseGrantSurrogate surrogate) =>
        new(surrogate.Length, surrogate.Recalls);

    public LeaseGrantSurrogate ConvertToSurrogate(in LeaseGrant value) =>
        new(value.Length, value.Recalls);
}

[GenerateSerializer, Immutable, Alias("leased-standing-surrogate")]
internal readonly record struct LeasedStandingSurrogate(
    [property: Id(0)] long Version,
    [property: Id(1)] UserId User,
    [property: Id(2)] long LeastGeneration,
    [property: Id(3)] IReadOnlyList<long> Delivered,
    [property: Id(4)] bool Restricted,
    [property: Id(5)] TimeSpan UsableFor,
    [property: Id(6)] IReadOnlyList<GrantStanding>? Grants
);

[RegisterConverter]
internal sealed class LeasedStandingConverter : IConverter<LeasedStanding, LeasedStandingSurrogate>
{
    public LeasedStanding ConvertFromSurrogate(in LeasedStandingSurrogate surrogate) =>
        new(
            surrogate.Version,
            surrogate.User,
            surrogate.LeastGeneration,
            surrogate.Delivered,
            surrogate.Restricted,
            surrogate.UsableFor,
            surrogate.Grants ?? []
        );

    public LeasedStandingSurrogate ConvertToSurrogate(in LeasedStanding value) =>
        new(
            value.Version,
            value.User,
            value.LeastGeneration,
            value.Delivered,
            value.Restricted,
            value.UsableFor,
            value.Grants
        );
}
