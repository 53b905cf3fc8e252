using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>An index on a member of a state.</summary>
/// <param name="State">The state name, which names the collection.</param>
/// <param name="Member">The name of the member in the document.</param>
/// <param name="ExpireAfter">
/// For a TTL index, how long after the time in the member MongoDB deletes the document; null for a plain index.
/// </param>
internal sealed record StateIndex(string State, string Member, TimeSpan? ExpireAfter = null)
{
    /// <summary>The indexes that a state model requires.</summary>
    public static IEnumerable<StateIndex> For(MongoDBGrainStorageOptions options)
    {
        foreach (StateDescription state in options.Model.States)
        {
            foreach (string member in state.LookedUp)
                yield return new(state.Name, Name(member));
            if (state.Expires is { } expires)
                yield return new(state.Name, Name(expires), options.ExpiryMargin);
            if (state.Scheduled is { } scheduled)
                yield return new(state.Name, Name(scheduled));
        }

        string Name(string member) => StateJson.MemberName(member, options.Json);
    }
}
