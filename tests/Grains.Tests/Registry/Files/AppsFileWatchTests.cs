using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Grains.Tests.Registry.Keys;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Files;

namespace SessionAuth.Grains.Tests.Registry.Files;

/// <summary>When a node gives the file of applications to the registry.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed asynchronously.")]
public sealed class AppsFileWatchTests : IAsyncLifetime
{
    private const string Broken = "{\"applications\":[}";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sessionauth-");
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogCollector _log = new();
    private readonly ControlledRegistry _registry = new(TimeProvider.System);
    private readonly RegistryCopy _copy;
    private readonly AppsFileWatch _watch;

    public AppsFileWatchTests()
    {
        _copy = new(_registry.Grains, _clock);
        _watch = new(
            Options.Create(new AppsFileSettings { Path = Path }),
            _registry.Grains,
            _copy,
            _clock,
            new FakeLogger<AppsFileWatch>(_log)
        );
    }

    private string Path => System.IO.Path.Combine(_directory.FullName, "apps.json");

    private IEnumerable<string> Warnings =>
        _log.GetSnapshot()
            .Where(line => line.Level == LogLevel.Warning)
            .Select(line => line.Message);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _copy.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Node_that_has_started_has_given_its_file_and_knows_the_applications()
    {
        Write("shop");

        await Start();

        Assert.Equal(["shop"], Assert.Single(_registry.Files));
        Assert.Equal("shop", Assert.Single(_copy.Current.Applications.All).Id.Value);
    }

    [Fact]
    public async Task File_is_given_again_only_when_its_content_has_changed()
    {
        Write("shop");
        await Start();
        await _watch.Look();
        Write("shop");
        await _watch.Look();

        Write("shop", "wiki");
        await _watch.Look();

        Assert.Equal(
            [
                ["shop"],
                ["shop", "wiki"],
            ],
            _registry.Files
        );
    }

    [Fact]
    public async Task Node_looks_every_two_seconds()
    {
        Write("shop");
        await Start();
        Write("wiki");

        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return _registry.Files.Count == 2;
        });
    }

    [Fact]
    public async Task File_behind_links_is_read_again_when_a_link_is_replaced()
    {
        // As Kubernetes mounts a ConfigMap.
        string one = _directory.CreateSubdirectory("1").FullName;
        string two = _directory.CreateSubdirectory("2").FullName;
        string data = System.IO.Path.Combine(_directory.FullName, "..data");
        File.WriteAllText(System.IO.Path.Combine(one, "apps.json"), Json("shop"));
        File.WriteAllText(System.IO.Path.Combine(two, "apps.json"), Json("wiki"));
        File.CreateSymbolicLink(data, one);
        File.CreateSymbolicLink(Path, System.IO.Path.Combine("..data", "apps.json"));
        await Start();

        Directory.Delete(data);
        File.CreateSymbolicLink(data, two);
        await _watch.Look();

        Assert.Equal(
            [
                ["shop"],
                ["wiki"],
            ],
            _registry.Files
        );
    }

    [Fact]
    public async Task Version_with_a_problem_is_not_given_and_is_told_once()
    {
        Write("shop");
        await Start();

        File.WriteAllText(Path, Broken);
        await _watch.Look();
        await _watch.Look();

        Assert.Single(_registry.Files);
        Assert.Contains("Line 1", Assert.Single(Warnings), StringComparison.Ordinal);
        File.WriteAllText(Path, Broken + "\n");
        await _watch.Look();
        Assert.Equal(2, Warnings.Count());
        Write("wiki");
        await _watch.Look();
        Assert.Equal(2, _registry.Files.Count);
    }

    [Fact]
    public async Task File_that_is_gone_changes_nothing_and_is_told_once()
    {
        Write("shop");
        await Start();

        File.Delete(Path);
        await _watch.Look();
        await _watch.Look();

        Assert.Single(_registry.Files);
        Assert.Contains("does not exist", Assert.Single(Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_the_registry_did_not_take_is_given_again()
    {
        _registry.IsUnreachable = true;
        Write("shop");
        await Start();
        Assert.Empty(_registry.Files);

        _registry.IsUnreachable = false;
        await _watch.Look();

        Assert.Equal(["shop"], Assert.Single(_registry.Files));
    }

    [Fact]
    public async Task Node_starts_though_the_registry_does_not_answer()
    {
        TaskCompletionSource answer = new();
        _registry.Held = answer.Task;
        Write("shop");

        Task starting = Start();
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return starting.IsCompleted;
        });

        answer.SetResult();
        await Eventually.Holds(() => !_registry.Files.IsEmpty);
    }

    private Task Start() => _watch.StartAsync(CancellationToken.None);

    private void Write(params string[] ids) => File.WriteAllText(Path, Json(ids));

    private static string Json(params string[] ids)
    {
        IEnumerable<string> entries = ids.Select(id =>
            $$"""{"id":"{{id}}","name":"{{id}}","kind":"proxied","origins":["https://{{id}}.example.com"]}"""
        );
        return $$"""{"applications":[{{string.Join(',', entries)}}]}""";
    }
}
