using MongoDB.Bson;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>The document of a cluster: the membership table's version, its rows, and the shared settings.</summary>
internal static class ClusterDocument
{
    public const string Id = "_id";
    public const string Version = "Version";
    public const string VersionETag = "VersionEtag";
    public const string Members = "Members";
    private const string Settings = "Settings";

    private static readonly TableVersion s_noTable = new(0, "0");

    /// <summary>A cluster without rows.</summary>
    public static BsonDocument Empty() =>
        new()
        {
            { Version, 0 },
            { VersionETag, NewETag() },
            { Members, new BsonDocument() },
        };

    /// <summary>The membership table in a document; without a document an empty table.</summary>
    public static MembershipTableData Table(BsonDocument? cluster) =>
        cluster is null
            ? new(s_noTable)
            : new(
                [
                    .. cluster[Members]
                        .AsBsonDocument.Select(member =>
                            MemberDocument.Entry(member.Value.AsBsonDocument)
                        ),
                ],
                new TableVersion(cluster[Version].ToInt32(), cluster[VersionETag].AsString)
            );

    /// <summary>The shared settings in a document, and whether they may be replaced.</summary>
    public static SharedSettings SharedSettings(BsonDocument? cluster)
    {
        MembershipTableData table = Table(cluster);
        return new(
            cluster is not null && cluster.Contains(Settings)
                ? cluster[Settings]
                    .AsBsonDocument.ToDictionary(
                        setting => setting.Name,
                        setting => setting.Value.AsString
                    )
                : [],
            table.Members.Any(member => member.Item1.Status != SiloStatus.Dead),
            table.Version.VersionEtag
        );
    }

    /// <summary>Settings as fields of the document, for a filter or an update.</summary>
    public static BsonDocument Of(IReadOnlyDictionary<string, string> settings) =>
        new(
            settings.Select(setting => new BsonElement($"{Settings}.{setting.Key}", setting.Value))
        );

    /// <summary>A filter for a document without settings.</summary>
    public static BsonDocument WithoutSettings { get; } =
        new(Settings, new BsonDocument("$exists", false));

    /// <summary>A filter for a document with, or without, a silo's row.</summary>
    public static BsonDocument HasRow(SiloAddress silo, bool exists) =>
        new(Path(silo), new BsonDocument("$exists", exists));

    /// <summary>The path of a silo's row.</summary>
    public static string Path(SiloAddress silo) => $"{Members}.{MemberDocument.Key(silo)}";

    /// <summary>The path of a field of a silo's row.</summary>
    public static string Path(SiloAddress silo, string member) => $"{Path(silo)}.{member}";

    /// <summary>A unique etag.</summary>
    public static string NewETag() => Guid.NewGuid().ToString("N");
}
