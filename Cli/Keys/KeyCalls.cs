using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Cli.Hosting;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.Providers;

namespace SessionAuth.Cli.Keys;

/// <summary>What the commands for keys ask the registry, and what they print.</summary>
internal static class KeyCalls
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    /// <summary>Runs a command on a node of its own, beside those that run.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(Func<IRegistryGrain, Task<int>> command)
    {
        await using CommandHost host = CommandHost.Build(readOnly: false);
        if (!await host.TryStart())
            return Failed;
        try
        {
            IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
            return await command(grains.Registry()).WaitAsync(host.Stopping);
        }
        catch (OperationCanceledException) when (host.Stopping.IsCancellationRequested)
        {
            return Failed;
        }
        catch (Exception e) when (e is KeysUnreadableException or StorageUnavailableException)
        {
            return await Fail(e.Message);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return await Fail("The node or the cluster does not answer.");
        }
    }

    /// <summary>Lists the keys.</summary>
    public static async Task<int> List(IRegistryGrain registry)
    {
        bool isPast = true;
        foreach (KeyDescription key in await registry.ListKeys())
        {
            isPast &= !key.Signs;
            string when =
                key.Signs ? $"signs since {Text(key.SignsFrom)}"
                : isPast ? $"signed until {Text(key.SignsUntil)}"
                : $"signs from {Text(key.SignsFrom)}";
            await Console.Out.WriteLineAsync(
                $"{key.Id}  {(key.HasRsa ? "ES256, RS256" : "ES256")}  {when}"
            );
        }

        return Succeeded;
    }

    /// <summary>Adds a key.</summary>
    public static async Task<int> Add(IRegistryGrain registry, TimeSpan signsAfter)
    {
        if (await registry.AddKey(KeyId.New(), signsAfter) is not { } key)
            return await Fail($"There are {KeySet.MostKeys} keys already: remove one first.");

        await Console.Out.WriteLineAsync(
            $"Key {key.Id} is added. It is published now, and signs from {Text(key.SignsFrom)}."
        );
        return Succeeded;
    }

    /// <summary>Removes a key.</summary>
    public static async Task<int> Remove(IRegistryGrain registry, KeyId id) =>
        await registry.RemoveKey(id) switch
        {
            KeyRemoval.Removed => await Succeed(
                $"Key {id} is removed on every node: all that was made with it is invalid."
            ),
            KeyRemoval.NotFound => await Fail($"There is no key {id}."),
            KeyRemoval.Signing => await Fail(
                $"Key {id} signs: add another one first, and remove this one when that one signs."
            ),
        };

    private static async Task<int> Succeed(string result)
    {
        await Console.Out.WriteLineAsync(result);
        return Succeeded;
    }

    private static async Task<int> Fail(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return Failed;
    }

    private static string Text(DateTimeOffset? time) => FormattableString.Invariant($"{time:u}");
}
