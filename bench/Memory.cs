using System.Diagnostics;
using SessionAuth.Bench.Sessions;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Bench;

/// <summary>
/// The memory of live sessions, beside that of as many empty grains, and of the copies that their checks are answered
/// from.
/// </summary>
internal static class Memory
{
    private const int Sessions = 100_000;
    private const int WarmUp = 2_000;

    public static async Task Measure(BenchNode node)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new(node.Url),
        };
        Planned[] first = await Plan(http, WarmUp);
        await Activate(node, WarmUp);
        await Start(node, first);
        await CookieChecks.TakeCopies(http, Cookies(first));
        Planned[] sessions = await Plan(http, Sessions);

        InUse before = await InUse.Of(node);
        await Activate(node, Sessions);
        InUse withEmptyGrains = await InUse.Of(node);
        Stopwatch clock = Stopwatch.StartNew();
        await Start(node, sessions);
        TimeSpan taken = clock.Elapsed;
        InUse withSessions = await InUse.Of(node);
        // What this adds is the silo's: the front end does not see the answers.
        await Register(node, sessions, () => CookieChecks.Check(http, first[0].Cookie));
        InUse withHolders = await InUse.Of(node);
        await CookieChecks.TakeCopies(http, Cookies(sessions));
        InUse withCopies = await InUse.Of(node);
        GC.KeepAlive(sessions);

        long emptyGrain = withEmptyGrains.BytesEachSince(before);
        long session = withSessions.BytesEachSince(withEmptyGrains);
        Console.WriteLine(
            $"{Sessions:N0} live sessions, started and stored at {Sessions / taken.TotalSeconds:N0}/s:"
        );
        Console.WriteLine(
            $"  each {session:N0} bytes of heap, {session - emptyGrain:N0} more than an empty grain ({emptyGrain:N0})"
        );
        Console.WriteLine(
            $"  a copy with its cookie, in the front end that answers checks: {withCopies.BytesEachSince(withHolders):N0} bytes"
        );
        Console.WriteLine(
            $"  what the silo adds to a session with a copy, until its next coarse write: {withHolders.BytesEachSince(withSessions):N0} bytes"
        );
        Console.WriteLine(
            $"  process: {withEmptyGrains.ProcessMib:N0} MiB, {withSessions.ProcessMib:N0} MiB with the sessions, {withCopies.ProcessMib:N0} MiB with the copies"
        );
    }

    // Made beforehand: what the measurement itself keeps does not count.
    private static async Task<Planned[]> Plan(HttpClient http, int count)
    {
        Planned[] planned = new Planned[count];
        await InParallel(count, async index => planned[index] = await Planned.For(http));
        return planned;
    }

    private static Task Activate(BenchNode node, int count) =>
        InParallel(count, _ => node.Grains.GetGrain<IEmptyGrain>(SessionId.New().Value).Touch());

    private static Task Start(BenchNode node, Planned[] sessions) =>
        InParallel(sessions.Length, index => Start(node.Grains, sessions[index]));

    private static async Task Start(IGrainFactory grains, Planned planned)
    {
        (SessionId id, UserId user) = planned.NewIds();
        await StartedSession.Start(grains, id, user);
        if (await grains.Session(id).Check(user, 1) != SessionStanding.Live)
            throw new InvalidOperationException("A session that was started is not live.");
    }

    private static Task Register(BenchNode node, Planned[] sessions, Func<Task> takeLease) =>
        InParallel(
            sessions.Length,
            async index =>
            {
                (SessionId id, UserId user) = sessions[index].NewIds();
                // The lease may lapse on a busy machine.
                while ((await node.Grains.Session(id).CheckFor(user, 1, node.Holder)).Copy is null)
                    await takeLease();
            }
        );

    private static string[] Cookies(Planned[] sessions) =>
        [.. sessions.Select(session => session.Cookie)];

    private static Task InParallel(int count, Func<int, Task> act) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (index, _) => await act(index)
        );

    /// <param name="Session">The session's id.</param>
    /// <param name="User">Its user's.</param>
    /// <param name="Cookie">Its cookie.</param>
    private sealed record Planned(string Session, string User, string Cookie)
    {
        public static async Task<Planned> For(HttpClient http)
        {
            string session = SessionId.New().Value;
            string user = UserId.New(TimeProvider.System.GetUtcNow()).Value;
            return new(session, user, await TokenEndpoint.Cookie(http, session, user));
        }

        public (SessionId Session, UserId User) NewIds() =>
            (SessionId.Parse(Session), UserId.Parse(User));
    }

    private sealed record InUse(long Heap, double ProcessMib)
    {
        public static async Task<InUse> Of(BenchNode node)
        {
            long heap = await node.Heap();
            using Process current = Process.GetCurrentProcess();
            return new(heap, current.WorkingSet64 / 1024.0 / 1024.0);
        }

        public long BytesEachSince(InUse before) => (Heap - before.Heap) / Sessions;
    }
}
