using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>What the table of refreshes is for, over any course of events.</summary>
public sealed class RotationProperties
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A refresh by one who goes by the rules, some time after the one before.</summary>
    /// <param name="SecondsLater">How much later.</param>
    /// <param name="AnswerIsLost">Whether its answer never arrives.</param>
    /// <param name="TokenIsUsed">Whether the access token that arrived is used.</param>
    public sealed record Attempt(int SecondsLater, bool AnswerIsLost, bool TokenIsUsed);

    public static Arbitrary<Attempt> Attempts() =>
        (
            from seconds in Gen.Frequency((3, Gen.Choose(0, 20)), (1, Gen.Choose(0, 3_000_000)))
            from lost in Gen.Elements(true, false)
            from used in Gen.Elements(true, false)
            select new Attempt(seconds, lost, used)
        ).ToArbitrary();

    [Property(Arbitrary = [typeof(RotationProperties)], MaxTest = 1000)]
    public void No_course_of_lost_answers_and_pauses_signs_an_honest_client_out(Attempt[] attempts)
    {
        Server server = new();
        long token = 1;
        foreach (Attempt attempt in attempts)
        {
            long? answer = server.Refresh(token, attempt.SecondsLater);

            Assert.NotNull(answer);
            if (attempt.AnswerIsLost)
                continue;
            token = answer.Value;
            if (attempt.TokenIsUsed)
                server.Check(token);
        }
    }

    [Property(Arbitrary = [typeof(RotationProperties)], MaxTest = 1000)]
    public void A_copy_is_found_out_once_its_owner_has_moved_on(Attempt[] before, Attempt[] after)
    {
        Server server = new();
        long token = Run(server, 1, before);
        long copy = token;
        token = Run(server, token, after);
        bool movedOn = token > copy;
        if (movedOn)
            server.Check(token);

        server.Pause(Grace);

        if (movedOn)
            Assert.Null(server.Refresh(copy, secondsLater: 0));
    }

    private static long Run(Server server, long token, Attempt[] attempts)
    {
        foreach (Attempt attempt in attempts)
        {
            long answer = server.Refresh(token, attempt.SecondsLater)!.Value;
            token = attempt.AnswerIsLost ? token : answer;
            if (attempt.TokenIsUsed)
                server.Check(token);
        }

        return token;
    }

    // What the grain does with the decision, in memory.
    private sealed class Server
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
        private Rotation _rotation = new(Generation: 1, RotatedAt: null, ConfirmedAt: null);

        public void Pause(TimeSpan time) => _now += time;

        public long? Refresh(long token, int secondsLater)
        {
            _now += TimeSpan.FromSeconds(secondsLater);
            switch (_rotation.Decide(token, _now, Grace))
            {
                case RefreshDecision.Repeat:
                    Check(token);
                    return _rotation.Generation;
                case RefreshDecision.Rotate:
                    _rotation = new(token + 1, _now, ConfirmedAt: null);
                    return _rotation.Generation;
                default:
                    return null;
            }
        }

        public void Check(long generation)
        {
            if (generation == _rotation.Generation)
                _rotation = _rotation with { ConfirmedAt = _rotation.ConfirmedAt ?? _now };
        }
    }
}
