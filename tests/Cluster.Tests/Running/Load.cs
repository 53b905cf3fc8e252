using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// Users who register, sign in, check, refresh and sign out at random nodes. Every answer is checked.
/// </summary>
/// <param name="cluster">The nodes.</param>
/// <param name="results">Records the results.</param>
/// <param name="population">The users and browsers; a new one if null.</param>
public sealed class Load(RunningCluster cluster, LoadResults results, Population? population = null)
    : IAsyncDisposable
{
    // Without a pause the load would use the whole machine and find no more: failures happen at a fault.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Population _population = population ?? new();
    private IRequestTarget? _at;
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _workers = [];

    public RandomAccessBag<Device> Devices => _population.Devices;

    /// <summary>Registers users with a few sessions each, so that there is something to check from the start.</summary>
    public async Task Prepare(int people, int sessionsEach)
    {
        await Parallel.ForAsync(
            0,
            people,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, _) =>
            {
                string email = $"{Guid.NewGuid():N}@example.org";
                Device first = new(email);
                Answer registered = await first.Register(cluster.Any());
                Assert.Equal(HttpStatusCode.Created, registered.Status);
                _population.People.Add(email);
                Devices.Add(first);
                for (int session = 1; session < sessionsEach; session++)
                    await SignIn(email);
            }
        );
    }

    /// <param name="workers">How many workers do everything.</param>
    /// <param name="checkers">How many workers only check, and never wait for the others.</param>
    public void Start(int workers = 8, int checkers = 2) =>
        _workers = [
            .. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkRepeatedly)),
            .. Enumerable.Range(0, checkers).Select(_ => Task.Run(CheckRepeatedly)),
        ];

    /// <summary>Checks of the same sessions at one node, independent of the other workers.</summary>
    public Load At(IRequestTarget node) => new(cluster, results, _population) { _at = node };

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
    }

    /// <summary>Checks at every node under load that all acknowledged writes are there.</summary>
    public async Task VerifyAll()
    {
        await Parallel.ForEachAsync(
            Devices.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (device, _) =>
            {
                foreach (IRequestTarget node in cluster.Up)
                    await Check(device, node);
                if (device.ExpectedState == ExpectedState.Live)
                    await Refresh(device, cluster.Any());
            }
        );
        await Parallel.ForEachAsync(
            _population.People.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (email, _) =>
            {
                using Device device = new(email);
                Answer answer = await device.SignIn(cluster.Any());
                if (answer.Status == HttpStatusCode.Unauthorized)
                    results.Violation("a registration was lost", answer);
                else if (answer.Status != HttpStatusCode.OK)
                    results.Failed("sign-in", answer);
            }
        );
    }

    /// <summary>Checks a session at one node and judges the answer.</summary>
    public async Task<Answer> Check(Device device, IRequestTarget node)
    {
        ExpectedState before = device.ExpectedState;
        Answer answer = await device.Check(node);
        switch (answer.Status)
        {
            case HttpStatusCode.OK when before == ExpectedState.Revoked:
                results.Violation("a revoked session was accepted", answer);
                break;
            case HttpStatusCode.Unauthorized when before == ExpectedState.Live:
                results.Violation("a live session was refused", answer);
                break;
            case HttpStatusCode.Unauthorized:
                // A session that one node has refused as revoked must be refused by every node.
                device.ExpectedState = ExpectedState.Revoked;
                results.Done("refused");
                break;
            case HttpStatusCode.OK:
                results.Done("checked");
                break;
            default:
                results.Failed("check", answer);
                break;
        }
        return answer;
    }

    /// <summary>Signs a browser out at one node; once that is answered every node must refuse it.</summary>
    public async Task SignOut(Device device, IRequestTarget node)
    {
        device.ExpectedState = ExpectedState.Unknown;
        Answer answer = await device.SignOut(node);
        if (answer.Status != HttpStatusCode.NoContent)
        {
            results.Failed("sign-out", answer);
            return;
        }
        device.ExpectedState = ExpectedState.Revoked;
        results.Done("signed out");
        await Task.WhenAll(cluster.Up.Select(any => Check(device, any)));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stopping.Dispose();
    }

    private async Task CheckRepeatedly()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_at is null)
                await WithSomeDevice(dice: 100);
            else
                await CheckAtNode(Devices.Any(), _at);
            await Task.Delay(s_pause);
        }
    }

    private async Task WorkRepeatedly()
    {
        while (!_stopping.IsCancellationRequested)
        {
            // Few of those that hash a password: they would take more of the machine than all others.
            int dice = Random.Shared.Next(200);
            if (dice < 2)
                await SignIn(_population.People.Any());
            else if (dice < 3)
                await Register();
            else
                await WithSomeDevice(dice / 2);
            await Task.Delay(s_pause);
        }
    }

    // Another worker may use the same browser in parallel and change its expected state.
    private async Task CheckAtNode(Device device, IRequestTarget node)
    {
        ExpectedState before = device.ExpectedState;
        using Device copy = device.Copy();
        Answer answer = await copy.Check(node);
        if (answer.Status == HttpStatusCode.OK)
        {
            results.Accepted(answer);
            if (before == ExpectedState.Revoked)
                results.Violation("a revoked session was accepted", answer);
        }
        else if (answer.Status == HttpStatusCode.Unauthorized)
        {
            results.Done("refused");
            if (device.ExpectedState == ExpectedState.Live)
                results.Violation("a live session was refused", answer);
        }
        else
            results.Failed("check", answer);
    }

    private async Task WithSomeDevice(int dice)
    {
        Device device = Devices.Any();
        if (!device.Turn.Wait(0))
            return;
        try
        {
            IRequestTarget node = cluster.Any();
            if (dice < 20 && device.ExpectedState == ExpectedState.Live)
                await Refresh(device, node);
            else if (dice < 23 && device.ExpectedState == ExpectedState.Live)
                await SignOut(device, node);
            else
                await Check(device, node);
        }
        finally
        {
            device.Turn.Release();
        }
    }

    private async Task Refresh(Device device, IRequestTarget node)
    {
        Answer answer = await device.Refresh(node);
        if (answer.Status == HttpStatusCode.Unauthorized)
            results.Violation("a live session was not refreshed", answer);
        else if (answer.Status == HttpStatusCode.NoContent)
            results.Done("refreshed");
        else
            results.Failed("refresh", answer);
    }

    private async Task SignIn(string email)
    {
        Device device = new(email);
        Answer answer = await device.SignIn(cluster.Any());
        if (answer.Status == HttpStatusCode.OK)
        {
            Devices.Add(device);
            results.Done("signed in");
        }
        else if (answer.Status == HttpStatusCode.Unauthorized)
            results.Violation("a registered person was not let in", answer);
        else
            results.Failed("sign-in", answer);
    }

    private async Task Register()
    {
        string email = $"{Guid.NewGuid():N}@example.org";
        Device device = new(email);
        Answer answer = await device.Register(cluster.Any());
        if (answer.Status == HttpStatusCode.Created)
        {
            _population.People.Add(email);
            Devices.Add(device);
            results.Done("registered");
        }
        else
            results.Failed("registration", answer);
    }
}
