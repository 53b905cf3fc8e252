using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Mail;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Tests;

/// <summary>How the dispatcher finds and does scheduled work.</summary>
public sealed class DispatcherTests : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private readonly FakeOutboxes _users = new();
    private readonly FakeTransport _transport = new();
    private readonly OutboxSignal _outbox = new();
    private readonly FakeTimeProvider _clock = new(new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeLogger<MailDelivery> _log = new();
    private readonly FakeLogger<MailDispatcher> _dispatcherLog = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider();
    private MailDispatcher? _dispatcher;

    [Fact]
    public async Task Mail_is_sent_at_once_when_the_account_signals_it()
    {
        await Start();
        UserId user = NewUser("one");

        _outbox.Notify(user);

        await Eventually.Holds(() => !_users.Of(user).Reported.IsEmpty);
        Assert.Equal([("one", MailOutcome.Sent)], _users.Of(user).Reported);
        Assert.Equal("ada@example.org", Assert.Single(_transport.Sent).To);
    }

    [Fact]
    public async Task Due_work_is_found_at_the_start_and_every_fifteen_seconds()
    {
        UserId before = NewUser("before", due: true);
        await Start();
        await Eventually.Holds(() => !_users.Of(before).Reported.IsEmpty);

        UserId later = NewUser("later", due: true);
        _clock.Advance(s_interval);

        await Eventually.Holds(() => !_users.Of(later).Reported.IsEmpty);
        Assert.Equal(2, _users.Queries);
    }

    [Fact]
    public async Task Nothing_is_done_before_the_process_has_started()
    {
        UserId user = NewUser("early", due: true);
        _dispatcher = New(_transport);
        await _dispatcher.StartAsync(CancellationToken.None);
        _outbox.Notify(user);
        Assert.Equal(0, _users.Of(user).Taken);

        _lifetime.NotifyStarted();

        await Eventually.Holds(() => !_users.Of(user).Reported.IsEmpty);
    }

    [Fact]
    public async Task Errors_of_storage_and_grains_are_logged_and_the_work_is_tried_again()
    {
        UserId broken = NewUser("broken", due: true);
        UserId good = NewUser("good", due: true);
        _users.Error = new TimeoutException();
        _users.Of(broken).Error = new TimeoutException();
        await Start();
        await Eventually.Holds(() => _dispatcherLog.Collector.Count == 1);

        _users.Error = null;
        _clock.Advance(s_interval);
        await Eventually.Holds(() =>
            !_users.Of(good).Reported.IsEmpty && _log.Collector.Count == 1
        );
        _users.Of(broken).Error = null;
        _clock.Advance(s_interval);

        await Eventually.Holds(() => !_users.Of(broken).Reported.IsEmpty);
        Assert.Equal("good", Assert.Single(_users.Of(good).Reported).Id);
    }

    [Fact]
    public async Task Unexpected_error_counts_as_an_attempt_and_is_logged_without_mail_content()
    {
        _transport.Answer = (email, _) => throw new InvalidOperationException(email.To);
        UserId user = NewUser("one");
        await Start();

        _outbox.Notify(user);

        await Eventually.Holds(() => !_users.Of(user).Reported.IsEmpty);
        Assert.Equal([("one", MailOutcome.TryLater)], _users.Of(user).Reported);
        Assert.Contains(
            "InvalidOperationException",
            Assert.Single(_log.Collector.GetSnapshot()).Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("ada@", All(), StringComparison.Ordinal);
    }

    [Fact(
        DisplayName = "S-66 Mail that is given up is logged as one line with user and kind and without email or token"
    )]
    public async Task Mail_that_is_given_up_is_logged_as_one_line_with_user_and_kind_and_without_email_or_token()
    {
        _transport.Answer = (_, _) =>
            Task.FromResult(new SendResult(MailOutcome.Rejected, "the server refuses with 550"));
        UserId user = NewUser("one");
        _users.Of(user).GivesUp = true;
        await Start();

        _outbox.Notify(user);

        await Eventually.Holds(() => _log.Collector.Count > 0);
        string line = Assert.Single(_log.Collector.GetSnapshot()).Message;
        Assert.Contains($"ResetPassword to user {user.Value}", line, StringComparison.Ordinal);
        Assert.Contains("550", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", All(), StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", All(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_server_is_logged_once_a_minute_and_when_it_is_back()
    {
        SendResult away = new(MailOutcome.TryLater, "the server cannot be reached");
        _transport.Answer = (_, _) => Task.FromResult(away);
        await Start();

        await Send(5);
        Assert.Single(_log.Collector.GetSnapshot());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Send(5);
        Assert.Equal(2, _log.Collector.Count);
        _transport.Answer = (_, _) => Task.FromResult(SendResult.Sent);
        await Send(5);

        Assert.Equal(3, _log.Collector.Count);
        Assert.Equal("Emails are sent again", _log.LatestRecord.Message);
    }

    [Fact]
    public async Task Without_a_server_mails_are_taken_and_left_for_a_later_attempt()
    {
        UserId user = NewUser("one", due: true);
        await Start(withServer: false);

        await Eventually.Holds(() => !_users.Of(user).Reported.IsEmpty);

        Assert.Equal([("one", MailOutcome.TryLater)], _users.Of(user).Reported);
        Assert.Contains(
            "SMTP_URL is not set",
            Assert.Single(_dispatcherLog.Collector.GetSnapshot()).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, _log.Collector.Count);
    }

    [Fact]
    public async Task At_most_four_mails_are_sent_at_once()
    {
        int atOnce = 0;
        int most = 0;
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _transport.Answer = async (_, _) =>
        {
            int now = Interlocked.Increment(ref atOnce);
            InterlockedMax(ref most, now);
            await open.Task;
            Interlocked.Decrement(ref atOnce);
            return SendResult.Sent;
        };
        await Start();
        UserId[] users = [.. Enumerable.Range(0, 40).Select(n => NewUser($"{n}"))];
        foreach (UserId user in users)
            _outbox.Notify(user);
        await Eventually.Holds(() => Volatile.Read(ref atOnce) == 4);

        open.SetResult();

        await Eventually.Holds(() => _transport.Sent.Count == users.Length);
        Assert.Equal(4, most);
        await Eventually.Holds(() => _transport.Closed == _transport.Batches);
        Assert.True(_transport.Batches < users.Length);
    }

    [Fact]
    public async Task Stop_waits_for_the_mail_under_way_and_reports_its_result()
    {
        TaskCompletionSource reached = new();
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _transport.Answer = async (_, _) =>
        {
            reached.TrySetResult();
            await open.Task;
            return SendResult.Sent;
        };
        UserId user = NewUser("one");
        await Start();
        _outbox.Notify(user);
        await reached.Task;

        Task stopped = _dispatcher!.StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        open.SetResult();
        await stopped;

        Assert.Equal([("one", MailOutcome.Sent)], _users.Of(user).Reported);
    }

    [Fact]
    public async Task Stop_abandons_a_mail_that_takes_too_long_and_reports_nothing()
    {
        TaskCompletionSource reached = new();
        _transport.Answer = async (_, cancelled) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            return SendResult.Sent;
        };
        UserId user = NewUser("one");
        await Start();
        _outbox.Notify(user);
        await reached.Task;

        Task stopped = _dispatcher!.StopAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await stopped;

        Assert.Empty(_users.Of(user).Reported);
    }

    [Fact]
    public async Task Results_of_mails_are_counted()
    {
        List<(string, long, object?)> counted = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (
                instrument.Meter.Name == "SessionAuth.Mail"
                && ReferenceEquals(
                    instrument.Meter.Scope,
                    _services.GetRequiredService<IMeterFactory>()
                )
            )
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                lock (counted)
                    counted.Add((instrument.Name, value, tags[0].Value));
            }
        );
        listener.Start();
        Queue<SendResult> answers = new([
            SendResult.Sent,
            new(MailOutcome.TryLater, "away"),
            new(MailOutcome.Rejected, "refused"),
        ]);
        _transport.Answer = (_, _) => Task.FromResult(answers.Dequeue());
        await Start();

        UserId user = NewUser("sent");
        _users.Of(user).Put(Mail("later"));
        _outbox.Notify(user);
        await Eventually.Holds(() => _users.Of(user).Reported.Count == 2);
        UserId other = NewUser("rejected");
        _users.Of(other).GivesUp = true;
        _outbox.Notify(other);
        await Eventually.Holds(() => _log.Collector.Count == 2);

        Assert.Equal(
            [
                ("sessionauth.mail.sent", 1, "ResetPassword"),
                ("sessionauth.mail.failed", 1, "ResetPassword"),
                ("sessionauth.mail.failed", 1, "ResetPassword"),
                ("sessionauth.mail.given_up", 1, "ResetPassword"),
            ],
            counted
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_dispatcher is not null)
        {
            Task stopped = _dispatcher.StopAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(5));
            await stopped;
            _dispatcher.Dispose();
        }
        await _services.DisposeAsync();
    }

    private async Task Start(bool withServer = true)
    {
        _dispatcher = New(withServer ? _transport : null);
        await _dispatcher.StartAsync(CancellationToken.None);
        _lifetime.NotifyStarted();
        await Eventually.Holds(() => _users.Queries > 0);
    }

    private MailDispatcher New(IMailTransport? transport) =>
        new(
            _outbox,
            _users,
            new MailDelivery(
                _users.Grains,
                new EmailRenderer(new Pages()),
                new MailMetrics(_services.GetRequiredService<IMeterFactory>()),
                _clock,
                _log
            ),
            _lifetime,
            _clock,
            _dispatcherLog,
            transport
        );

    private async Task Send(int mails)
    {
        int before = _transport.Sent.Count;
        for (int n = 0; n < mails; n++)
            _outbox.Notify(NewUser($"{n}"));
        await Eventually.Holds(() => _transport.Sent.Count == before + mails);
        await Eventually.Holds(() => _transport.Closed == _transport.Batches);
    }

    private UserId NewUser(string mail, bool due = false)
    {
        UserId user = UserId.New(TimeProvider.System.GetUtcNow());
        _users.Of(user).Put(Mail(mail));
        _users.Of(user).IsDue = due;
        return user;
    }

    private OutgoingMail Mail(string id) =>
        new(
            id,
            MailKind.ResetPassword,
            "ada@example.org",
            _clock.GetUtcNow(),
            Device: null,
            Detail: null,
            new Secret("a-token")
        );

    private string All() =>
        string.Join(
            '\n',
            _log.Collector.GetSnapshot()
                .Concat(_dispatcherLog.Collector.GetSnapshot())
                .Select(record => $"{record.Message} {record.Exception}")
        );

    private static void InterlockedMax(ref int target, int value)
    {
        int current;
        do
        {
            current = Volatile.Read(ref target);
        } while (
            value > current && Interlocked.CompareExchange(ref target, value, current) != current
        );
    }

    private sealed class Pages : IPublicOrigin
    {
        public string Origin => "https://nodeauth.dev";
    }
}
