using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// A sign-in at an application that a browser has begun. It is sealed into a cookie of that browser, so that a code which
/// somebody else's browser brought is worth nothing (login CSRF, RFC 9700 §4.7).
/// </summary>
/// <param name="State">The <c>state</c> of its authorization request.</param>
/// <param name="Verifier">The PKCE verifier (RFC 7636 §4.1).</param>
/// <param name="Return">The path that it returns to.</param>
internal sealed record SignInAttempt(string State, string Verifier, string Return)
{
    private const int StateBytes = 16;
    private const int VerifierBytes = 32;
    private const char First = '1';
    private const char Second = '2';
    private const char Separator = '\n';

    /// <summary>Begins a sign-in.</summary>
    /// <param name="path">The path that it returns to.</param>
    /// <param name="isSecond">Whether an attempt just failed.</param>
    public static SignInAttempt Begin(string path, bool isSecond) =>
        new((isSecond ? Second : First) + Random(StateBytes), Random(VerifierBytes), path);

    /// <summary>Whether the attempt before it failed, so that one more would be of no use.</summary>
    public static bool IsSecond(string state) => state is [Second, ..];

    /// <summary>The PKCE challenge (S256).</summary>
    public string Challenge =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The content of the cookie.</summary>
    public byte[] Serialize() =>
        Encoding.ASCII.GetBytes(string.Join(Separator, State, Verifier, Return));

    /// <summary>Reads the content of a cookie; null when it is that of another attempt.</summary>
    public static SignInAttempt? Deserialize(ReadOnlySpan<byte> content, string state)
    {
        string[] parts = Encoding.ASCII.GetString(content).Split(Separator);
        return parts is [var own, var verifier, var path] && own == state
            ? new(own, verifier, path)
            : null;
    }

    private static string Random(int bytes) =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
