using System.Globalization;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Registry.Files;

/// <summary>Makes an application of an entry, and collects the members that have no meaning.</summary>
internal sealed class EntryReader(AppsFileEntry entry, string path)
{
    // Not all that .NET takes for a time: 15 would be days.
    private static readonly string[] s_times = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

    private readonly List<string> _problems = [];

    /// <summary>What is wrong, naming the entry and the member; no values.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The application; of no use when there are problems.</summary>
    public Application Read()
    {
        if (!ClientId.TryParse(entry.Id, out ClientId id))
            Report(
                ApplicationMembers.Id,
                "must have 1 to 64 lower-case letters, digits and hyphens, and begin with a letter"
            );
        return new()
        {
            Id = id,
            Name = entry.Name,
            Kind = Word(ApplicationMembers.Kind, entry.Kind, AppsFileWords.Kinds),
            Origins = List(ApplicationMembers.Origins, entry.Origins),
            RedirectUris = List(ApplicationMembers.RedirectUris, entry.RedirectUris),
            PostLogoutRedirectUris = List(
                ApplicationMembers.PostLogoutRedirectUris,
                entry.PostLogoutRedirectUris
            ),
            SecretHashes = List(ApplicationMembers.SecretHashes, entry.SecretHashes),
            Scopes = List(ApplicationMembers.Scopes, entry.Scopes),
            Audience = entry.Audience,
            RequiresSecondFactor = entry.RequiresSecondFactor,
            MaxAuthenticationAge = Time(entry.MaxAuthenticationAge),
            IdentityTokenAlgorithm = Word(
                ApplicationMembers.IdentityTokenAlgorithm,
                entry.IdentityTokenAlgorithm,
                AppsFileWords.Algorithms
            ),
            PkceIsOptional = Word(ApplicationMembers.Pkce, entry.Pkce, AppsFileWords.Pkce),
            SignOut = Word(ApplicationMembers.SignOut, entry.SignOut, AppsFileWords.SignOuts),
            RemoteUser = Word(
                ApplicationMembers.RemoteUser,
                entry.RemoteUser,
                AppsFileWords.RemoteUsers
            ),
            PassesPreflights = entry.PassesPreflights,
        };
    }

    private T Word<T>(string member, string word, IReadOnlyDictionary<string, T> words)
    {
        if (words.TryGetValue(word, out T? meaning))
            return meaning;

        Report(member, $"must be {string.Join(" or ", words.Keys)}");
        return words.Values.First();
    }

    private string[] List(string member, IReadOnlyList<string?> values)
    {
        string[] texts = [.. values.OfType<string>()];
        if (texts.Length < values.Count)
            Report(member, "must not have null in it");
        return texts;
    }

    private TimeSpan? Time(string? text)
    {
        if (text is null)
            return null;
        if (TimeSpan.TryParseExact(text, s_times, CultureInfo.InvariantCulture, out TimeSpan time))
            return time;

        Report(ApplicationMembers.MaxAuthenticationAge, "must be a time such as 00:15:00");
        return null;
    }

    private void Report(string member, string rule) => _problems.Add($"{path}.{member} {rule}.");
}
