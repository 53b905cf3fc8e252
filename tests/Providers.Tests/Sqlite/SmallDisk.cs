using System.Diagnostics;

namespace SessionAuth.Providers.Tests.Sqlite;

/// <summary>A real file system of a few megabytes that a test can fill.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("sessionauth-disk-");

    private SmallDisk() { }

    public string Data => Path.Combine(_mount.FullName, "data");

    private string Filler => Path.Combine(_mount.FullName, "filler");

    /// <summary>Mounts one; null without the permission to mount.</summary>
    public static SmallDisk? TryMount(long bytes)
    {
        SmallDisk disk = new();
        if (
            OperatingSystem.IsLinux()
            && Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", disk._mount.FullName)
        )
            return disk;

        disk._mount.Delete();
        return null;
    }

    public void Fill()
    {
        using FileStream filler = new(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        byte[] page = new byte[4096];
        try
        {
            while (true)
                filler.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", _mount.FullName);
        _mount.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
