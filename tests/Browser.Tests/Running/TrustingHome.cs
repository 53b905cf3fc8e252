using System.Diagnostics;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A home directory whose Chromium trusts a certificate authority, as after `caddy trust`.</summary>
internal sealed class TrustingHome : IDisposable
{
    private TrustingHome() { }

    public string Path { get; } = Directory.CreateTempSubdirectory("home-").FullName;

    public static async Task<TrustingHome> Of(string certificate)
    {
        TrustingHome home = new();
        string database = Directory.CreateDirectory(home.Path + "/.pki/nssdb").FullName;
        await Certutil("-d", $"sql:{database}", "-N", "--empty-password");
        await Certutil(
            "-d",
            $"sql:{database}",
            "-A",
            "-n",
            "Caddy",
            "-t",
            "C,,",
            "-i",
            certificate
        );
        return home;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static async Task Certutil(params string[] arguments)
    {
        using Process certutil = Process.Start("certutil", arguments);
        await certutil.WaitForExitAsync();
        Assert.Equal(0, certutil.ExitCode);
    }
}
