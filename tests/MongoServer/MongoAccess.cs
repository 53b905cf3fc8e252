using System.Globalization;

namespace SessionAuth.MongoServer;

/// <summary>The user that a server requires and the certificate that it presents. By default neither.</summary>
public sealed record MongoAccess
{
    /// <summary>The only user; null when clients need not authenticate.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>The only database that the user may use; null for any.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// Where the server writes the certificate of its own certificate authority. If set, the server accepts TLS only.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The URL for clients of a server on a port of this machine.</summary>
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
