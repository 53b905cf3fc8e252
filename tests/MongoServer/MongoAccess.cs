using System.Globalization;

namespace SessionAuth.MongoServer;

/// <summary>Whom a server lets in, and by what certificate it is known. By default everybody, and none.</summary>
public sealed record MongoAccess
{
    /// <summary>The only user; null where nobody has to say who they are.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>The only database that the user may use; null where it is any.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// Where the server writes the certificate of the authority that it has made for itself; with it, it speaks TLS and
    /// nothing else.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>How a client reaches a server on a port of this machine.</summary>
    public string Url(int port)
    {
        string user = User is null
            ? ""
            : $"{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password ?? "")}@";
        string tls = AuthorityFile is null ? "" : "&tls=true";
        string text = port.ToString(CultureInfo.InvariantCulture);
        return $"mongodb://{user}127.0.0.1:{text}/{Database}?retryWrites=false{tls}";
    }

    internal static MongoAccess From(Func<string, string?> option) =>
        new()
        {
            User = option("--user"),
            Password = option("--password"),
            Database = option("--database"),
            AuthorityFile = option("--tls-authority"),
        };

    internal IEnumerable<string> Arguments() =>
        new[]
        {
            ("--user", User),
            ("--password", Password),
            ("--database", Database),
            ("--tls-authority", AuthorityFile),
        }
            .Where(option => option.Item2 is not null)
            .SelectMany(option => new[] { option.Item1, option.Item2! });
}
