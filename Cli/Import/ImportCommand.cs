using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Cli.Hosting;
using SessionAuth.Cli.Options;
using SessionAuth.Providers;
using SessionAuth.UseCases;
using Spectre.Console;

namespace SessionAuth.Cli.Import;

/// <summary>
/// Imports the users of node-auth, the tutorial project that this one comes from, with their passwords.
/// </summary>
internal static class ImportCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "import-node-auth";

    private const int Succeeded = 0;
    private const int Failed = 1;

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create()
    {
        Option<string> from = new("--from")
        {
            HelpName = "mongo url",
            Description = "the database of node-auth: mongodb://… or mongodb+srv://…",
            Required = true,
        };
        Option<string?> database = new("--database")
        {
            HelpName = "name",
            Description = "the name of the database; by default the one in the URL, or else: test",
        };
        Option<bool> dryRun = new("--dry-run")
        {
            Arity = ArgumentArity.Zero,
            Description = "reports what would be imported, and writes nothing",
        };
        Command command = new(
            Name,
            "The import can be run again at any time: emails that have an account are skipped."
        )
        {
            from,
            database,
            dryRun,
        };
        SingleValues.Require(command);
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(from), parsed.GetValue(database), parsed.GetValue(dryRun))
        );
        return command;
    }

    private static async Task<int> Run(string from, string? database, bool dryRun)
    {
        try
        {
            using NodeAuthSource source = NodeAuthSource.Open(from, database);
            await using CommandHost host = CommandHost.Build(readOnly: dryRun);
            return await host.TryStart() ? await Run(source, host, dryRun) : Failed;
        }
        catch (ImportException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    private static async Task<int> Run(NodeAuthSource source, CommandHost host, bool dryRun)
    {
        try
        {
            return await Run(source, host.Services, dryRun, host.Stopping);
        }
        catch (OperationCanceledException) when (host.Stopping.IsCancellationRequested)
        {
            return Failed;
        }
        catch (StorageUnavailableException e)
        {
            throw new ImportException(e.Message);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            throw new ImportException("The node or the cluster does not answer.");
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
        IGrainFactory grains = services.GetRequiredService<IGrainFactory>();
        UserImport users = new(grains, new EmailClaim(grains), clock);
        ImportRun run = new(source, users, dryRun);
        ImportProgress progress = new(AnsiConsole.Console, Console.IsOutputRedirected, clock);
        long expected = await source.Count(stopping);
        try
        {
            await progress.Until(run.Run(stopping), run.Tally, expected);
        }
        catch
        {
            await Console.Out.WriteLineAsync(
                $"Before the failure: {run.Tally.Counts()}. Run the import again to continue."
            );
            throw;
        }

        await Console.Out.WriteAsync(run.Tally.Report());
        if (stopping.IsCancellationRequested)
        {
            await Console.Out.WriteLineAsync("The import was stopped: run it again to continue.");
            return Failed;
        }

        if (run.Tally.Total > 0)
            return Succeeded;

        throw new ImportException(
            $"There are no documents in {source.Name}: name the right database in --from or with --database."
        );
    }
}
