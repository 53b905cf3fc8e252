using SessionAuth.Bench.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>A session whose messages are measured.</summary>
internal sealed record MeasuredSession(SessionId Id, UserId User)
{
    public static async Task<MeasuredSession> Start(IGrainFactory grains)
    {
        MeasuredSession session = new(SessionId.New(), UserId.New(TimeProvider.System.GetUtcNow()));
        await StartedSession.Start(grains, session.Id, session.User);
        return session;
    }
}
