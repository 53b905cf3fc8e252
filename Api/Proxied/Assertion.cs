namespace SessionAuth.Api.Proxied;

/// <summary>A signed assertion of who makes a request, for an application that verifies what its proxy passes on.</summary>
/// <param name="Token">The JWT.</param>
/// <param name="Origin">The application's origin, which it is for.</param>
/// <param name="Email">The email that it tells; empty for none.</param>
/// <param name="Until">Until when it is sent again, by the wall clock: half of its life.</param>
internal sealed record Assertion(string Token, string Origin, string Email, DateTimeOffset Until)
{
    /// <summary>Whether it may be sent again.</summary>
    public bool Says(string origin, string email, DateTimeOffset now) =>
        now < Until && Origin == origin && Email == email;
}
