using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>A session whose messages are measured.</summary>
internal sealed record MeasuredSession(SessionId Id, UserId User)
{
    public static async Task<MeasuredSession> Start(IGrainFactory grains)
    {
        MeasuredSession session = new(SessionId.New(), UserId.New(TimeProvider.System.GetUtcNow()));
        await grains
            .Session(session.Id)
            .Start(
                new(
                    session.User,
                    new("Firefox 140", "Linux", "192.0.2.1"),
                    Persistent: true,
                    new([AuthenticationMethod.Password])
                )
            );
        return session;
    }
}
