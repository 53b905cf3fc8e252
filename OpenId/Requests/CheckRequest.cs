using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Requests;

/// <summary>
/// The project's own checks of an authorization request: limits, and a <c>nonce</c> where a client has no PKCE. They come
/// after the library's, before anything is shown.
/// </summary>
internal sealed class CheckRequest : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    private const int LongestState = 2_048;
    private const int LongestNonce = 256;
    private const int ChallengeCharacters = 43;

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (Problem(context.Request) is { } problem)
            context.Reject(Errors.InvalidRequest, problem);
        return ValueTask.CompletedTask;
    }

    private static string? Problem(OpenIddictRequest request)
    {
        if (request.State?.Length > LongestState)
            return "The 'state' is longer than 2,048 characters.";
        if (request.Nonce?.Length > LongestNonce)
            return "The 'nonce' is longer than 256 characters.";
        if (string.IsNullOrEmpty(request.CodeChallenge))
            return string.IsNullOrEmpty(request.Nonce)
                ? "A client without PKCE has to send a 'nonce'."
                : null;
        return request.CodeChallenge.Length == ChallengeCharacters
            ? null
            : "The 'code_challenge' is not a SHA-256 in base64url.";
    }
}
