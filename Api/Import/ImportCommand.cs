using SessionAuth.Api.Hosting;
using SessionAuth.Hosting.CommandLine;
using SessionAuth.Providers;

namespace SessionAuth.Api.Import;

/// <summary>
/// Brings the users of node-auth, the tutorial project that this one comes from, over: they sign in with the password
/// that they have.
/// </summary>
internal static class ImportCommand
{
    /// <summary>The first word of the command line that asks for it.</summary>
    public const string Name = "import-node-auth";

    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>Runs it to its end, or until the process is asked to stop.</summary>
    /// <param name="args">The rest of the command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        if (ProgramArguments.AskForHelp(args))
        {
            await Console.Out.WriteLineAsync(ImportArguments.Usage);
            return Succeeded;
        }
        if (!ImportArguments.TryParse(args, out ImportArguments? arguments))
        {
            await Console.Error.WriteLineAsync(ImportArguments.Usage);
            return Misused;
        }

        try
        {
            using NodeAuthSource source = NodeAuthSource.Open(arguments.From, arguments.Database);
            await using HeadlessNode node = HeadlessNode.Build(readOnly: arguments.DryRun);
            return await node.TryStart() ? await Run(source, node, arguments.DryRun) : Failed;
        }
        catch (ImportException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    private static async Task<int> Run(NodeAuthSource source, HeadlessNode node, bool dryRun)
    {
        try
        {
            return await Run(source, node.Services, dryRun, node.Stopping);
        }
        catch (OperationCanceledException) when (node.Stopping.IsCancellationRequested)
        {
            return Failed;
        }
        catch (StorageUnavailableException e)
        {
            throw new ImportException(e.Message);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            throw new ImportException("The node, or the cluster, does not answer.");
        }
    }

    private static async Task<int> Run(
        NodeAuthSource source,
        IServiceProvider services,
        bool dryRun,
        CancellationToken stopping
    )
    {
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        UserImport users = new(services.GetRequiredService<IGrainFactory>(), clock);
        ImportRun run = new(source, users, dryRun);
        ImportProgress progress = new(Console.Out, !Console.IsOutputRedirected, clock);
        long expected = await source.Count(stopping);
        try
        {
            await progress.Until(run.Run(stopping), run.Tally, expected);
        }
        catch
        {
            await Console.Out.WriteLineAsync(
                $"Until it failed: {run.Tally.Counts()}. Run it again to go on."
            );
            throw;
        }

        await Console.Out.WriteAsync(run.Tally.Report());
        if (stopping.IsCancellationRequested)
        {
            await Console.Out.WriteLineAsync(
                "It was stopped before the end: run it again to go on."
            );
            return Failed;
        }

        if (run.Tally.Total > 0)
            return Succeeded;

        throw new ImportException(
            $"There are no documents in {source.Name}: name the right database in --from, or with --database."
        );
    }
}
