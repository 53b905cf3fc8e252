using System.Text;
using SessionAuth.OpenId.Keys;
using SessionAuth.Registry.Keys;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// Seals a request, so that the sign-in pages can carry it and nobody can change it. Nothing is stored meanwhile.
/// </summary>
internal sealed class SealedRequests(SealedValues values, TimeProvider clock)
{
    private const string Purpose = "navigation request";

    // A person may look for an email, or for a phone, in between.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    /// <summary>Seals a request; null when it is too long: sealed, it would have more than 4 KiB.</summary>
    /// <param name="path">The path of the endpoint that the request is for.</param>
    /// <param name="request">The request.</param>
    public string? Seal(string path, NavigationRequest request)
    {
        byte[] content = Encoding.UTF8.GetBytes(request.Serialize());
        return content.Length > SealedValues.MostContentBytes
            ? null
            : values.Seal(Purpose + path, content);
    }

    /// <summary>Opens a sealed request; null when it was changed, or is too old.</summary>
    /// <param name="path">The path of the endpoint that it is used at.</param>
    /// <param name="value">The sealed request.</param>
    /// <param name="cancellationToken">Cancels the question to the registry.</param>
    public async ValueTask<NavigationRequest?> Open(
        string path,
        string value,
        CancellationToken cancellationToken
    )
    {
        byte[]? content = await values.Content(Purpose + path, value, cancellationToken);
        if (content is null)
            return null;

        NavigationRequest request = NavigationRequest.Deserialize(Encoding.UTF8.GetString(content));
        return clock.GetUtcNow() - request.At < s_lifetime ? request : null;
    }
}
