using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Applications;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Files;

/// <summary>
/// Gives the file of applications to the registry, at the start and whenever its content has changed. A version with
/// problems is not given; the one before stays.
/// </summary>
internal sealed partial class AppsFileWatch(
    IOptions<AppsFileSettings> settings,
    IGrainFactory grains,
    RegistryCopy copy,
    TimeProvider clock,
    ILogger<AppsFileWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(5);

    private readonly string? _path = settings.Value.Path;
    private Task _first = Task.CompletedTask;
    private bool _wasRead;
    private byte[]? _seen;
    private IReadOnlyList<Application>? _submitting;

    // A node that serves knows the applications of its file, unless the registry cannot store them now.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_path is null)
            return;

        _first = Look();
        await Task.WhenAny(_first, Task.Delay(s_longestStart, clock, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _first;
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Look();
    }

    /// <summary>Gives the file to the registry if it has changed, or if that has failed before.</summary>
    internal async Task Look()
    {
        Read();
        if (_submitting is { } applications && await TrySubmit(applications))
            _submitting = null;
    }

    // Read whole each time: neither the time of a link nor that of its file says whether the content is another.
    private void Read()
    {
        (byte[]? content, string? problem) = AppsFileBytes.Read(_path!);
        if (_wasRead && IsSeen(content))
            return;

        _wasRead = true;
        _seen = content;
        if (content is not null)
        {
            (IReadOnlyList<Application>? applications, problem) = AppsFile.Parse(content);
            _submitting = applications ?? _submitting;
        }
        if (problem is not null)
            LogProblem(problem);
    }

    private bool IsSeen(byte[]? content) =>
        content is null ? _seen is null : _seen is not null && _seen.SequenceEqual(content);

    private async Task<bool> TrySubmit(IReadOnlyList<Application> applications)
    {
        try
        {
            IReadOnlyList<string> problems = await grains.Registry().ReplaceFile(applications);
            foreach (string problem in problems)
                LogProblem(problem);
            if (problems.Count == 0)
                LogStored();
            await copy.Refresh(CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            LogNotStored(e);
            return false;
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "APPS_FILE has a problem, and the applications stay as they were. {Problem}"
    )]
    private partial void LogProblem(string problem);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "APPS_FILE is stored, and every node refuses what is no longer in it"
    )]
    private partial void LogStored();

    [LoggerMessage(2, LogLevel.Debug, "The registry has not taken APPS_FILE; it is tried again")]
    private partial void LogNotStored(Exception exception);
}
