using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>A session of one browser whose history at all nodes is recorded.</summary>
/// <param name="device">The browser.</param>
public sealed class LeasedSession(Device device)
{
    /// <summary>Everything that was asked about it.</summary>
    public SessionHistory History { get; } = new();

    public async Task<Answer> Check(IRequestTarget node)
    {
        Answer answer = await device.Check(node);
        History.RecordUse(answer, TimeProvider.System.GetTimestamp());
        return answer;
    }

    public async Task<Answer> Refresh(IRequestTarget node)
    {
        Answer answer = await device.Refresh(node);
        History.RecordUse(answer, TimeProvider.System.GetTimestamp());
        return answer;
    }

    /// <summary>Revokes it, and returns how long the answer took.</summary>
    public async Task<TimeSpan> Revoke(IRequestTarget node)
    {
        (Answer answer, TimeSpan took) = await TryRevoke(node);
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        return took;
    }

    /// <summary>Asks for its revocation, which may not be answered during a fault.</summary>
    public async Task<(Answer Answer, TimeSpan Took)> TryRevoke(IRequestTarget node)
    {
        Answer answer = await device.SignOut(node);
        long ended = TimeProvider.System.GetTimestamp();
        History.RecordRevocation(answer, ended);
        return (answer, TimeProvider.System.GetElapsedTime(answer.Began, ended));
    }
}
