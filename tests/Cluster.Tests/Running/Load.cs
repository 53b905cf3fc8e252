using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// People who register, sign in, come back, refresh and sign out at random nodes, and somebody who watches that each
/// answer is one that may be given.
/// </summary>
/// <param name="cluster">The nodes.</param>
/// <param name="ledger">Where it is written down.</param>
public sealed class Load(RunningCluster cluster, Ledger ledger) : IAsyncDisposable
{
    private readonly Crowd<string> _people = new();
    private Crowd<Device> _devices = new();
    private IEntrance? _at;
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _workers = [];

    public Crowd<Device> Devices => _devices;

    /// <summary>Makes people, each with a few sessions, so that there is something to check from the start.</summary>
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
                _people.Add(email);
                _devices.Add(first);
                for (int session = 1; session < sessionsEach; session++)
                    await SignIn(email);
            }
        );
    }

    /// <param name="workers">How many do everything.</param>
    /// <param name="checkers">How many only come back, and wait for nobody who does more.</param>
    public void Start(int workers = 8, int checkers = 2) =>
        _workers = [
            .. Enumerable.Range(0, workers).Select(_ => Task.Run(Work)),
            .. Enumerable.Range(0, checkers).Select(_ => Task.Run(Come)),
        ];

    /// <summary>The same people, who come to one node alone and disturb nobody who does more.</summary>
    public Load At(IEntrance node) => new(cluster, ledger) { _devices = _devices, _at = node };

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
    }

    /// <summary>Whether everything that was acknowledged is there, at every node that takes load.</summary>
    public async Task VerifyAll()
    {
        await Parallel.ForEachAsync(
            _devices.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (device, _) =>
            {
                foreach (IEntrance node in cluster.Up)
                    await Check(device, node);
                if (device.Standing == Standing.Live)
                    await Refresh(device, cluster.Any());
            }
        );
        await Parallel.ForEachAsync(
            _people.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (email, _) =>
            {
                using Device device = new(email);
                Answer answer = await device.SignIn(cluster.Any());
                if (answer.Status == HttpStatusCode.Unauthorized)
                    ledger.Violation("a registration was lost", answer);
                else if (answer.Status != HttpStatusCode.OK)
                    ledger.Failed("sign-in", answer);
            }
        );
    }

    /// <summary>Asks one node for a session, and judges the answer.</summary>
    public async Task<Answer> Check(Device device, IEntrance node)
    {
        Standing before = device.Standing;
        Answer answer = await device.Check(node);
        switch (answer.Status)
        {
            case HttpStatusCode.OK when before == Standing.Revoked:
                ledger.Violation("a revoked session was accepted", answer);
                break;
            case HttpStatusCode.Unauthorized when before == Standing.Live:
                ledger.Violation("a live session was refused", answer);
                break;
            case HttpStatusCode.Unauthorized:
                // What one node has refused as revoked no node accepts again.
                device.Standing = Standing.Revoked;
                ledger.Done("refused");
                break;
            case HttpStatusCode.OK:
                ledger.Done("checked");
                break;
            default:
                ledger.Failed("check", answer);
                break;
        }
        return answer;
    }

    /// <summary>Signs a browser out at one node; from the answer on every node has to refuse it.</summary>
    public async Task SignOut(Device device, IEntrance node)
    {
        device.Standing = Standing.Unknown;
        Answer answer = await device.SignOut(node);
        if (answer.Status != HttpStatusCode.NoContent)
        {
            ledger.Failed("sign-out", answer);
            return;
        }
        device.Standing = Standing.Revoked;
        ledger.Done("signed out");
        await Task.WhenAll(cluster.Up.Select(any => Check(device, any)));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stopping.Dispose();
    }

    private async Task Come()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_at is null)
                await WithSomeDevice(dice: 100);
            else
                await Visit(_devices.Any(), _at);
        }
    }

    private async Task Work()
    {
        while (!_stopping.IsCancellationRequested)
        {
            int dice = Random.Shared.Next(100);
            if (dice < 4)
                await SignIn(_people.Any());
            else if (dice < 5)
                await Register();
            else
                await WithSomeDevice(dice);
        }
    }

    // Another acts for the same browser at the same time: what is known of it may change under way.
    private async Task Visit(Device device, IEntrance node)
    {
        Standing before = device.Standing;
        using Device copy = device.Copy();
        Answer answer = await copy.Check(node);
        if (answer.Status == HttpStatusCode.OK)
        {
            ledger.Accepted(answer);
            if (before == Standing.Revoked)
                ledger.Violation("a revoked session was accepted", answer);
        }
        else if (answer.Status == HttpStatusCode.Unauthorized)
        {
            ledger.Done("refused");
            if (device.Standing == Standing.Live)
                ledger.Violation("a live session was refused", answer);
        }
        else
            ledger.Failed("check", answer);
    }

    private async Task WithSomeDevice(int dice)
    {
        Device device = _devices.Any();
        if (!device.Turn.Wait(0))
            return;
        try
        {
            IEntrance node = cluster.Any();
            if (dice < 20 && device.Standing == Standing.Live)
                await Refresh(device, node);
            else if (dice < 24 && device.Standing == Standing.Live)
                await SignOut(device, node);
            else
                await Check(device, node);
        }
        finally
        {
            device.Turn.Release();
        }
    }

    private async Task Refresh(Device device, IEntrance node)
    {
        Answer answer = await device.Refresh(node);
        if (answer.Status == HttpStatusCode.Unauthorized)
            ledger.Violation("a live session was not refreshed", answer);
        else if (answer.Status == HttpStatusCode.NoContent)
            ledger.Done("refreshed");
        else
            ledger.Failed("refresh", answer);
    }

    private async Task SignIn(string email)
    {
        Device device = new(email);
        Answer answer = await device.SignIn(cluster.Any());
        if (answer.Status == HttpStatusCode.OK)
        {
            _devices.Add(device);
            ledger.Done("signed in");
        }
        else if (answer.Status == HttpStatusCode.Unauthorized)
            ledger.Violation("a registered person was not let in", answer);
        else
            ledger.Failed("sign-in", answer);
    }

    private async Task Register()
    {
        string email = $"{Guid.NewGuid():N}@example.org";
        Device device = new(email);
        Answer answer = await device.Register(cluster.Any());
        if (answer.Status == HttpStatusCode.Created)
        {
            _people.Add(email);
            _devices.Add(device);
            ledger.Done("registered");
        }
        else
            ledger.Failed("registration", answer);
    }
}
