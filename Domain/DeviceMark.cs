namespace SessionAuth.Domain;

/// <summary>
/// Identifies a browser in which a user has signed in before. Carried in a signed cookie (OWASP <em>device
/// cookie</em>).
/// </summary>
/// <param name="Id">A random id. Not a secret: the cookie is signed.</param>
/// <param name="Epoch">
/// The account's device epoch when the mark was issued. Incrementing the account's epoch invalidates all earlier marks.
/// </param>
public sealed record DeviceMark(string Id, long Epoch)
{
    /// <summary>How long an unused device remains known.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);
}
