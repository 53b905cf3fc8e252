using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>A session of one browser whose history at all nodes is recorded.</summary>
/// <param name="device">The browser.</param>
public sealed class LeasedSession(Device device)
{
    private int _checks;

    /// <summary>Everything that was asked about it.</summary>
    public SessionHistory History { get; } = new();

    public Task<string> Id(IRequestTarget node) => device.SessionId(node);

    /// <summary>
    /// Checks it, by turns with both tokens and with the access token alone: a refused check with both is answered only
    /// after a refresh, which waits for a revocation in progress.
    /// </summary>
    public async Task<Answer> Check(IRequestTarget node)
    {
        bool both = Interlocked.Increment(ref _checks) % 2 == 0;
        using Device asking = both ? device.Copy() : device.WithAccessTokenOnly();
        Answer answer = await asking.Check(node);
        History.RecordUse(answer, TimeProvider.System.GetTimestamp());
        return answer;
    }

    public async Task<Answer> Refresh(IRequestTarget node)
    {
        Answer answer = await device.Refresh(node);
        History.RecordUse(answer, TimeProvider.System.GetTimestamp());
        return answer;
    }

    /// <summary>Revokes it, and returns how long it took until that was answered.</summary>
    public Task<TimeSpan> Revoke(IRequestTarget node) => Answered(() => TryRevoke(node));

    /// <summary>Asks for its revocation, which may not be answered during a fault.</summary>
    public async Task<(Answer Answer, TimeSpan Took)> TryRevoke(IRequestTarget node)
    {
        Answer answer = await device.SignOut(node);
        return (answer, Revoked(answer, [this]));
    }

    /// <summary>Revokes the user's other sessions by one request, and returns how long the answer took.</summary>
    /// <param name="others">All of them.</param>
    /// <param name="node">The node.</param>
    public Task<TimeSpan> RevokeOthers(
        IReadOnlyCollection<LeasedSession> others,
        IRequestTarget node
    ) =>
        Answered(async () =>
        {
            Answer answer = await device.EndOthers(node);
            return (answer, Revoked(answer, others));
        });

    // A node that a busy machine has suspended refuses with 503 and Retry-After, and clients ask again.
    private static async Task<TimeSpan> Answered(Func<Task<(Answer Answer, TimeSpan Took)>> revoke)
    {
        long began = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(
            TimeSpan.FromSeconds(60),
            async () =>
            {
                (Answer answer, _) = await revoke();
                if (answer.Status == HttpStatusCode.ServiceUnavailable)
                    return false;
                Assert.Equal(HttpStatusCode.NoContent, answer.Status);
                return true;
            }
        );
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static TimeSpan Revoked(Answer answer, IEnumerable<LeasedSession> sessions)
    {
        long ended = TimeProvider.System.GetTimestamp();
        foreach (LeasedSession session in sessions)
            session.History.RecordRevocation(answer, ended);
        return TimeProvider.System.GetElapsedTime(answer.Began, ended);
    }
}
