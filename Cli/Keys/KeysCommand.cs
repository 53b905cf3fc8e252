using System.CommandLine;
using SessionAuth.Cli.Options;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Cli.Keys;

/// <summary>Lists, adds and removes the keys that sign what applications get, on running nodes.</summary>
internal static class KeysCommand
{
    /// <summary>Creates the group of commands.</summary>
    public static Command Create() =>
        new(
            "keys",
            "Keys sign what applications get. Removing one makes all of it invalid that it has signed."
        )
        {
            List(),
            Add(),
            Remove(),
        };

    private static Command List()
    {
        Command command = new("list", "Lists the keys, in the order in which they sign.");
        command.SetAction(_ => KeyCalls.Run(KeyCalls.List));
        return command;
    }

    private static Command Add()
    {
        Option<TimeSpan> signsAfter = new("--signs-after")
        {
            HelpName = "time",
            Description =
                "how long the key is only published: 24:00:00 by default, or 00:00:00 for a key that has to go",
            DefaultValueFactory = _ => KeySet.DefaultSignsAfter,
            CustomParser = SignsAfter.Parse,
        };
        Command command = new(
            "add",
            "Adds a new key. The one that signs goes on until the new one does, and stays valid afterwards."
        )
        {
            signsAfter,
        };
        SingleValues.Require(command);
        command.SetAction(parsed =>
        {
            TimeSpan after = parsed.GetValue(signsAfter);
            return KeyCalls.Run(registry => KeyCalls.Add(registry, after));
        });
        return command;
    }

    private static Command Remove()
    {
        Argument<KeyId> id = new("id")
        {
            Description = "the id of the key, as listed",
            CustomParser = given =>
            {
                if (!KeyId.TryParse(given.Tokens[0].Value, out KeyId key))
                    given.AddError("This is not the id of a key: see the list.");
                return key;
            },
        };
        Command command = new(
            "remove",
            "Removes a key that does not sign, and ends when no node uses it any more."
        )
        {
            id,
        };
        command.SetAction(parsed =>
        {
            KeyId key = parsed.GetRequiredValue(id);
            return KeyCalls.Run(registry => KeyCalls.Remove(registry, key));
        });
        return command;
    }
}
