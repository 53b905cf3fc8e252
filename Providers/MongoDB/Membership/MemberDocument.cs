using System.Net;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>A silo's row in its cluster's document.</summary>
internal static class MemberDocument
{
    public const string ETag = "Etag";
    public const string Status = "Status";
    public const string IAmAliveTime = "IAmAliveTime";

    private const string Address = "Address";
    private const string ProxyPort = "ProxyPort";
    private const string Suspects = "Suspects";
    private const string Silo = "Silo";
    private const string Time = "Time";

    /// <summary>The field name of a silo's row; without dots, which would separate a path.</summary>
    public static string Key(SiloAddress silo) => silo.ToParsableString().Replace('.', '_');

    /// <summary>The last time at which a silo started, wrote that it is alive or was suspected.</summary>
    public static DateTime LastSign(MembershipEntry entry) =>
        (entry.SuspectTimes ?? [])
            .Select(suspect => suspect.Item2)
            .Append(entry.StartTime)
            .Append(entry.IAmAliveTime)
            .Max();

    public static BsonDocument From(MembershipEntry entry, string etag) =>
        new()
        {
            { Address, entry.SiloAddress.ToParsableString() },
            { ETag, etag },
            { Status, entry.Status.ToString() },
            { nameof(entry.SiloName), Text(entry.SiloName) },
            { nameof(entry.HostName), Text(entry.HostName) },
            { nameof(entry.RoleName), Text(entry.RoleName) },
            { ProxyPort, entry.ProxyPort },
            { nameof(entry.UpdateZone), entry.UpdateZone },
            { nameof(entry.FaultZone), entry.FaultZone },
            { nameof(entry.StartTime), Date(entry.StartTime) },
            { IAmAliveTime, Date(entry.IAmAliveTime) },
            {
                Suspects,
                new BsonArray(
                    (entry.SuspectTimes ?? []).Select(suspect => new BsonDocument
                    {
                        { Silo, suspect.Item1.ToParsableString() },
                        { Time, Date(suspect.Item2) },
                    })
                )
            },
        };

    public static Tuple<MembershipEntry, string> Entry(BsonDocument member) =>
        new(
            new MembershipEntry
            {
                SiloAddress = SiloAddress.FromParsableString(member[Address].AsString),
                Status = Enum.Parse<SiloStatus>(member[Status].AsString),
                SiloName = Text(member[nameof(MembershipEntry.SiloName)])!,
                HostName = Text(member[nameof(MembershipEntry.HostName)])!,
                RoleName = Text(member[nameof(MembershipEntry.RoleName)]),
                ProxyPort = member[ProxyPort].ToInt32(),
                UpdateZone = member[nameof(MembershipEntry.UpdateZone)].ToInt32(),
                FaultZone = member[nameof(MembershipEntry.FaultZone)].ToInt32(),
                StartTime = member[nameof(MembershipEntry.StartTime)].ToUniversalTime(),
                IAmAliveTime = member[IAmAliveTime].ToUniversalTime(),
                SuspectTimes =
                [
                    .. member[Suspects]
                        .AsBsonArray.Select(suspect =>
                            Tuple.Create(
                                SiloAddress.FromParsableString(suspect[Silo].AsString),
                                suspect[Time].ToUniversalTime()
                            )
                        ),
                ],
            },
            member[ETag].AsString
        );

    /// <summary>The gateway of the silo; null when it is not active or has none.</summary>
    public static Uri? Gateway(BsonDocument member)
    {
        int port = member[ProxyPort].ToInt32();
        if (member[Status].AsString != nameof(SiloStatus.Active) || port <= 0)
            return null;

        SiloAddress silo = SiloAddress.FromParsableString(member[Address].AsString);
        return SiloAddress
            .New(new IPEndPoint(silo.Endpoint.Address, port), silo.Generation)
            .ToGatewayUri();
    }

    public static BsonDateTime Date(DateTime time) =>
        new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static BsonValue Text(string? text) => text is null ? BsonNull.Value : text;

    private static string? Text(BsonValue value) => value.IsBsonNull ? null : value.AsString;
}
