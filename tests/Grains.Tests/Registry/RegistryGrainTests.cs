using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.Grains.Registry;
using SessionAuth.Grains.Tests.Running;
using static SessionAuth.Grains.Tests.Registry.Applications;

namespace SessionAuth.Grains.Tests.Registry;

/// <summary>What the registry stores, and when it answers a change.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed asynchronously.")]
public sealed class RegistryGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan s_right = TimeSpan.FromSeconds(2);

    private readonly HolderId _holder = new(Guid.NewGuid());
    private readonly RecordedLog _log = new();
    private RunningSilo _silo = null!;

    private IRegistryGrain Registry => _silo.Grains.Registry();

    public async Task InitializeAsync() => _silo = await Start();

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task New_registry_has_no_applications()
    {
        RegistryAnswer answer = await Ask();

        Assert.Empty(answer.Content!.Applications.All);
        Assert.Equal(s_right, answer.UsableFor);
    }

    [Fact]
    public async Task Applications_are_there_again_after_they_left_memory()
    {
        await Replace("shop", "wiki");

        await RunningSilo.Deactivate(Registry);

        RegistryAnswer answer = await Ask();
        Assert.Equal(
            ["shop", "wiki"],
            answer.Content!.Applications.All.Select(application => application.Id.Value).Order()
        );
    }

    [Fact]
    public async Task Holder_of_the_newest_version_gets_no_content_and_another_right()
    {
        await Replace("shop");

        RegistryAnswer answer = await Ask(Stored.Version);

        Assert.Null(answer.Content);
        Assert.Equal(s_right, answer.UsableFor);
    }

    [Fact]
    public async Task File_that_says_what_is_stored_is_not_written()
    {
        await Replace("shop");
        int written = _silo.Storage.Writes(IRegistryGrain.Key);

        await Replace("shop");

        Assert.Equal(written, _silo.Storage.Writes(IRegistryGrain.Key));
    }

    [Fact]
    public async Task Addition_is_answered_though_a_holder_does_not_ask()
    {
        await Replace("shop");
        await Ask();

        TimeSpan waited = await Timed(() => Replace("shop", "wiki"));

        Assert.InRange(waited, TimeSpan.Zero, s_right * 0.9);
    }

    [Fact]
    public async Task Removal_waits_for_a_holder_that_does_not_ask_until_its_right_has_passed()
    {
        await Replace("shop", "wiki");
        await UntilAged();
        await Ask();

        TimeSpan waited = await Timed(() => Replace("wiki"));

        Assert.InRange(waited, s_right * 0.9, s_right * 3);
    }

    [Fact]
    public async Task Removal_is_answered_as_soon_as_each_holder_asks_with_the_new_version()
    {
        await Replace("shop", "wiki");
        await UntilAged();
        HolderId other = new(Guid.NewGuid());
        long before = Stored.Version;
        await Ask(before);
        await Registry.Ask(other, before);

        long began = TimeProvider.System.GetTimestamp();
        Task removing = Replace("wiki");
        await Eventually.Holds(() => Confirms(_holder, before + 1));
        await Registry.Ask(other, before);
        Assert.False(removing.IsCompleted);
        Assert.Empty(_log.Removals);
        await Registry.Ask(other, before + 1);
        await removing;

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, s_right * 0.9);
        Assert.Equal(["shop"], _log.Removals);
    }

    [Fact]
    public async Task Right_that_comes_with_the_new_version_is_not_waited_for()
    {
        await Replace("shop", "wiki");
        await UntilAged();
        long before = Stored.Version;
        await Ask(before);

        long began = TimeProvider.System.GetTimestamp();
        Task removing = Replace("wiki");
        // It never says that it has received an answer.
        while (!removing.IsCompleted)
        {
            await Ask(before);
            await Task.Delay(50);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, s_right * 3);
    }

    [Fact]
    public async Task Removal_by_an_activation_that_has_just_begun_waits_for_holders_of_the_one_before()
    {
        await Replace("shop", "wiki");
        await Ask();
        await RunningSilo.Deactivate(Registry);

        TimeSpan waited = await Timed(() => Replace("wiki"));

        Assert.InRange(waited, s_right * 0.9, s_right * 3);
        Assert.Equal(["shop"], _log.Removals);
    }

    [Fact]
    public async Task Repeated_removal_is_answered_when_the_first_holds()
    {
        await Replace("shop", "wiki");
        await UntilAged();
        await Ask();
        Task first = Replace("wiki");

        TimeSpan waited = await Timed(() => Replace("wiki"));

        await first;
        Assert.InRange(waited, s_right * 0.8, s_right * 3);
        Assert.Equal(["shop"], _log.Removals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Removal_with_an_unknown_outcome_holds_for_nobody_until_it_is_known_and_then_for_all(
        bool applied
    )
    {
        await Replace("shop", "wiki");
        await UntilAged();
        long before = Stored.Version;

        using (
            applied
                ? _silo.Storage.LoseAnswers(IRegistryGrain.Key)
                : _silo.Storage.LoseWrites(IRegistryGrain.Key)
        )
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Replace("wiki"));
            Assert.True(await Confirms(_holder, before));
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => Replace("wiki"));
        }

        await Eventually.Succeeds<OrleansException>(() => Replace("wiki"));
        Assert.True(await Confirms(_holder, before + 1));
        Assert.Equal(["shop"], _log.Removals);
    }

    private Task<RegistryAnswer> Ask(long? known = null) => Registry.Ask(_holder, known);

    private RegistryState Stored => _silo.Storage.Written<RegistryState>(IRegistryGrain.Key);

    // The holder has the version as soon as there is nothing new to be had.
    private async Task<bool> Confirms(HolderId holder, long version) =>
        (await Registry.Ask(holder, version)).Content is null;

    private async Task Replace(params string[] ids) =>
        Assert.Empty(await Registry.ReplaceFile([.. ids.Select(Proxied)]));

    // Until no right of an earlier activation can be left: a file that says what is stored is answered then.
    private Task<IReadOnlyList<string>> UntilAged() =>
        Registry.ReplaceFile([.. Stored.Applications.Select(entry => entry.Application)]);

    private static async Task<TimeSpan> Timed(Func<Task> call)
    {
        long began = TimeProvider.System.GetTimestamp();
        await call();
        return TimeProvider.System.GetElapsedTime(began);
    }

    private Task<RunningSilo> Start() =>
        RunningSilo.Start(services =>
            services
                .AddSingleton(
                    new RegistryOptions { Rules = LeaseRules.Default with { Length = s_right } }
                )
                .AddLogging(logging => logging.AddProvider(_log))
        );

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _removals = new();

        public IEnumerable<string> Removals => _removals;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (
                eventId.Name == "application-removed"
                && state is IEnumerable<KeyValuePair<string, object?>> values
            )
                _removals.Enqueue(
                    values.First(value => value.Key == "Application").Value!.ToString()!
                );
        }

        public void Dispose() { }
    }
}
