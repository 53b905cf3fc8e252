using System.Diagnostics.Metrics;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Mail.Sending;

/// <summary>Counts sent, failed and given-up emails by their kind.</summary>
internal sealed class MailMetrics
{
    public const string MeterName = "SessionAuth.Mail";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _givenUp;

    public MailMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>(
            "sessionauth.mail.sent",
            "{mail}",
            "Emails that the server has accepted."
        );
        _failed = meter.CreateCounter<long>(
            "sessionauth.mail.failed",
            "{try}",
            "Failed attempts to send an email."
        );
        _givenUp = meter.CreateCounter<long>(
            "sessionauth.mail.given_up",
            "{mail}",
            "Emails that were given up: rejected, or out of attempts."
        );
    }

    public void Sent(MailKind kind) => _sent.Add(1, Of(kind));

    public void Failed(MailKind kind) => _failed.Add(1, Of(kind));

    public void GivenUp(MailKind kind) => _givenUp.Add(1, Of(kind));

    private static KeyValuePair<string, object?> Of(MailKind kind) => new("kind", kind.ToString());
}
