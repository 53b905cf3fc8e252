using System.CommandLine;
using SessionAuth.Cli.Options;
using SessionAuth.Domain.Applications;

namespace SessionAuth.Cli.Applications;

/// <summary>Prepares entries of the file of applications. It needs neither settings nor a running node.</summary>
internal static class AppsCommand
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    /// <summary>Creates the group of commands.</summary>
    public static Command Create() =>
        new("apps", "Applications are registered in the file that APPS_FILE names.") { Secret() };

    private static Command Secret()
    {
        Argument<ClientId> id = new("id")
        {
            Description = "the id of the application, its client_id",
            CustomParser = given =>
            {
                if (!ClientId.TryParse(given.Tokens[0].Value, out ClientId client))
                    given.AddError(
                        "An id has up to 64 lower-case letters, digits and hyphens, and begins with a letter."
                    );
                return client;
            },
        };
        Option<string?> name = new("--name")
        {
            HelpName = "name",
            Description = "its name, as people see it; by default the id",
        };
        Option<string?> redirect = new("--redirect")
        {
            HelpName = "address",
            Description = "its redirect address, such as https://wiki.example.com/callback",
        };
        Command command = new(
            "secret",
            "Makes a secret for a confidential application, and prints it with the entry that has its hash. It is printed once: nothing keeps it."
        )
        {
            id,
            name,
            redirect,
        };
        SingleValues.Require(command);
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(id), parsed.GetValue(name), parsed.GetValue(redirect))
        );
        return command;
    }

    private static async Task<int> Run(ClientId id, string? name, string? redirect)
    {
        ApplicationSecret made = ApplicationSecret.New();
        Application application = new()
        {
            Id = id,
            Name = name ?? id.Value,
            Kind = ApplicationKind.Confidential,
            RedirectUris = redirect is null ? [] : [redirect],
            SecretHashes = [made.Hash],
            Scopes = ["openid", "profile", "email"],
        };
        IReadOnlyList<string> problems = PrintedEntry.Problems(application);
        foreach (string problem in problems)
            await Console.Error.WriteLineAsync(problem);
        if (problems.Count > 0)
            return Failed;

        await Console.Out.WriteLineAsync(
            $"""
            The secret of {id}, which is not shown again:

            {made.Text}

            The entry for APPS_FILE; one that exists needs the hash only:

            {PrintedEntry.Of(application)}
            """
        );
        return Succeeded;
    }
}
