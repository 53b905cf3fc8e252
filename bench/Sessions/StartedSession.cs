using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Bench.Sessions;

/// <summary>Starts a session through its grain: sign-ins hash passwords, which takes too long for very many.</summary>
internal static class StartedSession
{
    public static Task<SessionTokens> Start(IGrainFactory grains, SessionId session, UserId user) =>
        grains
            .Session(session)
            .Start(
                new(
                    user,
                    new(Own("Firefox 140"), Own("Linux"), Own("192.0.2.1")),
                    Persistent: true,
                    new([AuthenticationMethod.Password])
                )
            );

    // As from a request or from storage: sessions share no strings with each other.
    private static string Own(string text) => new(text.AsSpan());
}
