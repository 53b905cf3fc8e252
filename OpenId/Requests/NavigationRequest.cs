using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// A request of a navigation that waits for the person, or was posted: its parameters, and when it came first.
/// </summary>
/// <param name="At">When it came.</param>
/// <param name="Parameters">The parameters that matter, in the order in which they came.</param>
internal sealed record NavigationRequest(
    DateTimeOffset At,
    IReadOnlyList<KeyValuePair<string, string>> Parameters
)
{
    private const char BeforeSession = '~';

    /// <summary>
    /// The session whose user has confirmed that the application may use it; null when nobody was asked.
    /// </summary>
    public SessionId? ConfirmedIn { get; init; }

    private static readonly HashSet<string> s_kept = new(StringComparer.Ordinal)
    {
        "client_id",
        "redirect_uri",
        "response_type",
        "response_mode",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "prompt",
        "max_age",
        "acr_values",
        "login_hint",
        "id_token_hint",
        "post_logout_redirect_uri",
        "request",
        "request_uri",
    };

    /// <summary>The request with what is read of its parameters. Others are ignored (RFC 6749 §3.1).</summary>
    /// <param name="at">When it came.</param>
    /// <param name="parameters">All parameters; one that is there twice stays so, and is refused later.</param>
    public static NavigationRequest Of(
        DateTimeOffset at,
        IEnumerable<KeyValuePair<string, StringValues>> parameters
    ) =>
        new(
            at,
            [
                .. parameters
                    .Where(parameter => s_kept.Contains(parameter.Key))
                    .SelectMany(parameter =>
                        parameter.Value.Select(value =>
                            KeyValuePair.Create(parameter.Key, value ?? "")
                        )
                    ),
            ]
        );

    /// <summary>The parameters as a query.</summary>
    public QueryString Query => QueryString.Create(Parameters!);

    /// <summary>The text that is sealed.</summary>
    public string Serialize() =>
        At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        + (ConfirmedIn is { } session ? $"{BeforeSession}{session.Value}" : "")
        + Query;

    /// <summary>Reads what <see cref="Serialize"/> has written.</summary>
    public static NavigationRequest Deserialize(string text)
    {
        int end = text.IndexOf('?', StringComparison.Ordinal);
        string[] head = (end < 0 ? text : text[..end]).Split(BeforeSession);
        return Of(
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(head[0], NumberStyles.None, CultureInfo.InvariantCulture)
            ),
            QueryHelpers.ParseQuery(end < 0 ? "" : text[end..])
        ) with
        {
            ConfirmedIn = head is [_, var session] ? SessionId.Parse(session) : null,
        };
    }
}
