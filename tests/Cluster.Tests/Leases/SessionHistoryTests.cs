using static SessionAuth.Cluster.Tests.Leases.SessionHistory.Outcome;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>The history checker finds planted violations.</summary>
public sealed class SessionHistoryTests
{
    private readonly SessionHistory _history = new();

    [Fact]
    public void Checks_around_a_revocation_are_linearizable()
    {
        _history.Record(Accepted, began: 1, ended: 9);
        _history.Record(Revoked, began: 3, ended: 8);
        _history.Record(Accepted, began: 4, ended: 10);
        _history.Record(Refused, began: 4, ended: 6);
        _history.Record(Refused, began: 9, ended: 11);

        Assert.Null(_history.Violation());
    }

    [Fact]
    public void Accepted_check_that_started_after_the_answered_revocation_is_found()
    {
        _history.Record(Revoked, began: 1, ended: 5);
        _history.Record(Accepted, began: 6, ended: 7);

        Assert.Equal(
            "a check that started after the answered revocation was accepted",
            _history.Violation()
        );
    }

    [Fact]
    public void Accepted_check_that_started_after_a_refused_one_is_found()
    {
        _history.Record(Revoked, began: 1, ended: 20);
        _history.Record(Refused, began: 2, ended: 4);
        _history.Record(Accepted, began: 5, ended: 6);

        Assert.Equal(
            "a check that started after another was refused was accepted",
            _history.Violation()
        );
    }

    [Fact]
    public void Refused_check_of_a_session_that_nobody_revoked_is_found()
    {
        _history.Record(Accepted, began: 1, ended: 2);
        _history.Record(Refused, began: 3, ended: 4);
        _history.Record(Revoked, began: 5, ended: 6);

        Assert.Equal(
            "a check was refused before anybody revoked the session",
            _history.Violation()
        );
    }

    [Fact]
    public void Revocation_without_an_answer_explains_a_refusal()
    {
        _history.Record(RevocationUnknown, began: 1, ended: 2);
        _history.Record(Accepted, began: 3, ended: 4);
        _history.Record(Refused, began: 5, ended: 6);

        Assert.Null(_history.Violation());
    }
}
