using System.Collections.Immutable;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Searches.Tests.Registry;

/// <summary>One holder, one registry whose activation is replaced once, and the messages between them. Immutable.</summary>
internal sealed record RegistryWorld
{
    private const int LastMoment = 5;
    private const long LastVersion = 3;
    private const int MostQuestions = 2;

    private static readonly HolderId s_holder = new(Guid.NewGuid());
    private static readonly KeySet s_keys = KeySet.New(DateTimeOffset.UnixEpoch);

    private CopyHolders _holders = null!;
    private HeldCopy? _copy;
    private ImmutableList<Question> _questions = [];
    private ImmutableList<Answer> _answers = [];
    private ImmutableList<CopyWithdrawal> _withdrawals = [];
    private int _now;
    private long _stored = 1;
    private long _answered = 1;
    private bool _wasReplaced;

    public static RegistryWorld Start(RegistryRules rules) =>
        new() { _holders = rules.Begin(TimeSpan.Zero) };

    /// <summary>Whether the holder uses what a removal that was answered took away.</summary>
    public bool IsBroken(RegistryRules rules) =>
        _copy is { } copy
        && rules.Uses(copy.IsUsable(Reading(_now)))
        && copy.Content.Version < _answered;

    /// <summary>All that tells two worlds apart.</summary>
    public string Key =>
        string.Join(
            '|',
            _now,
            _stored,
            _answered,
            _wasReplaced,
            $"{_copy?.Content.Version} {_copy?.Until.At.Monotonic}",
            string.Join(' ', _questions.Select(question => question.ToString()).Order()),
            string.Join(' ', _answers.Select(answer => answer.ToString()).Order()),
            // What the registry says of one holder.
            string.Join(
                ' ',
                Enumerable
                    .Range(0, (int)LastVersion + 2)
                    .Select(version => _holders.Remaining(_holders.Withdraw(version), default))
            ),
            string.Join(
                ' ',
                _withdrawals.Select(withdrawal =>
                    $"{withdrawal.Version} {withdrawal.StrangersUntil} {string.Join(',', withdrawal.GrantedUntil.Values)}"
                )
            )
        );

    /// <summary>What can happen next, by name.</summary>
    public IEnumerable<(string Event, RegistryWorld Next)> Next(RegistryRules rules) =>
        Events(rules).Select(happening => (happening.Event, happening.Next.Settled(rules)));

    private IEnumerable<(string Event, RegistryWorld Next)> Events(RegistryRules rules)
    {
        if (_now < LastMoment)
            yield return ("time passes", this with { _now = _now + 1 });
        bool waits =
            _questions.Any(question => question.IsAwaited)
            || _answers.Any(answer => answer.IsAwaited);
        if (!waits && _questions.Count < MostQuestions)
            yield return (
                "the holder asks",
                this with
                {
                    _questions = _questions.Add(new(_copy?.Content.Version, _now, true)),
                }
            );
        if (waits)
            yield return ("the holder gives up", GivenUp(rules));
        foreach (Question question in _questions.Distinct())
            yield return ($"the registry is asked by {question}", Asked(question, rules));
        foreach (Answer answer in _answers.Distinct())
            yield return ($"the holder gets {answer}", Got(answer, rules));
        if (_stored < LastVersion)
        {
            long version = _stored + 1;
            yield return (
                $"something is removed: version {version}",
                this with
                {
                    _stored = version,
                    _withdrawals = _withdrawals.Add(_holders.Withdraw(version)),
                }
            );
        }
        if (!_wasReplaced)
            yield return ("the registry is activated elsewhere", Replaced(rules));
    }

    private RegistryWorld GivenUp(RegistryRules rules) =>
        this with
        {
            _questions = [.. _questions.Select(question => question with { IsAwaited = false })],
            _answers = rules.TakesLateAnswers
                ? [.. _answers.Select(answer => answer with { IsAwaited = false })]
                : [],
        };

    private RegistryWorld Asked(Question question, RegistryRules rules)
    {
        (CopyHolders holders, TimeSpan usableFor) = _holders.Ask(
            s_holder,
            rules.Confirmed(question.Known, _stored),
            _stored,
            TimeSpan.FromSeconds(_now),
            fence: null
        );
        RegistryWorld next = this with
        {
            _holders = holders,
            _questions = _questions.Remove(question),
        };
        return question.IsAwaited
            ? next with
            {
                _answers = _answers.Add(
                    new(question.Known == _stored ? null : _stored, usableFor, question.Asked, true)
                ),
            }
            : next;
    }

    private RegistryWorld Got(Answer answer, RegistryRules rules)
    {
        TimeSpan asked = rules.CountsFrom(
            TimeSpan.FromSeconds(answer.Asked),
            TimeSpan.FromSeconds(_now)
        );
        RegistryContent? content = answer.Version is { } version
            ? new(version, ApplicationSet.None, s_keys)
            : null;
        return this with
        {
            _copy = HeldCopy.Take(
                _copy,
                content,
                answer.UsableFor,
                Reading((int)asked.TotalSeconds)
            ),
            _answers = _answers.Remove(answer),
        };
    }

    // Whoever has removed something repeats that at the new activation.
    private RegistryWorld Replaced(RegistryRules rules)
    {
        CopyHolders holders = rules.Begin(TimeSpan.FromSeconds(_now));
        return this with
        {
            _wasReplaced = true,
            _holders = holders,
            _withdrawals = _stored > _answered ? [holders.Withdraw(_stored)] : [],
        };
    }

    // A removal is answered as soon as it may be.
    private RegistryWorld Settled(RegistryRules rules)
    {
        TimeSpan now = TimeSpan.FromSeconds(_now);
        CopyWithdrawal[] over =
        [
            .. _withdrawals.Where(withdrawal =>
                rules.Remaining(_holders, withdrawal, now) <= TimeSpan.Zero
            ),
        ];
        return this with
        {
            _withdrawals = _withdrawals.RemoveRange(over),
            _answered = over.Select(withdrawal => withdrawal.Version).Append(_answered).Max(),
        };
    }

    private static ClockReading Reading(int moment) =>
        new(TimeSpan.FromSeconds(moment), DateTimeOffset.UnixEpoch.AddSeconds(moment));

    private sealed record Question(long? Known, int Asked, bool IsAwaited);

    private sealed record Answer(long? Version, TimeSpan UsableFor, int Asked, bool IsAwaited);
}
