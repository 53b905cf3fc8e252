namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>A grant that has ended, remembered until no authorization code could open it again.</summary>
/// <param name="Id">The id.</param>
/// <param name="Until">Until when it is remembered.</param>
public sealed record EndedGrant(string Id, DateTimeOffset Until);
