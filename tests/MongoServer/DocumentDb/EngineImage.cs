using System.Globalization;

namespace SessionAuth.MongoServer.DocumentDb;

/// <summary>
/// The programs of the engine: DocumentDB, the MongoDB-compatible extension of PostgreSQL, from Debian's packages. They
/// are unpacked into the user's cache, which every clone on the machine shares.
/// </summary>
internal static class EngineImage
{
    /// <summary>The user of the engine's processes: PostgreSQL refuses to run as root.</summary>
    public const string User = "1500:1500";

    /// <summary>The programs' folder inside the root.</summary>
    public const string Programs = "/usr/lib/postgresql/18/bin";

    private const string Suite =
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
        + "http://deb.debian.org/debian forky main";

    private static readonly string[] Packages =
    [
        "postgresql-18-documentdb",
        "dash",
        "libc-bin",
        "coreutils",
        "tzdata",
    ];

    /// <summary>The folder that the engine sees as the root of the file system.</summary>
    public static string Root => Path.Combine(Cache, "root");

    /// <summary>A data folder with the extension installed, to be copied.</summary>
    public static string Template => Path.Combine(Root, "data", "template");

    private static string Cache =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    ".cache"
                ),
            "session-auth",
            "documentdb"
        );

    /// <summary>Why the engine cannot run on this machine; null when it can.</summary>
    public static string? Missing() =>
        !OperatingSystem.IsLinux() ? "this is not Linux"
        : Environment.UserName != "root" ? "apt-get and chroot need root"
        : !Shell.Has("apt-get") || !Shell.Has("dpkg") ? "there is no apt-get"
        : null;

    /// <summary>Creates the folder if it is missing. Parallel calls wait for each other.</summary>
    public static async Task Prepare(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Cache);
        await using FileStream _ = await AcquireLock(cancellationToken);
        if (!Directory.Exists(Root))
            await Make(cancellationToken);
        await Mount("/dev", cancellationToken);
        await Mount("/proc", cancellationToken);
        if (!Directory.Exists(Template))
            await EngineTemplate.Make(cancellationToken);
    }

    private static async Task<FileStream> AcquireLock(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(Cache, "lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }

    private static async Task Make(CancellationToken cancellationToken)
    {
        string work = Path.Combine(
            Cache,
            $"unfinished-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"
        );
        string root = Path.Combine(work, "root");
        Directory.CreateDirectory(root);
        await Download(work, cancellationToken);
        foreach (string package in Directory.GetFiles(Path.Combine(work, "archives"), "*.deb"))
            await Shell.Run("dpkg", ["-x", package, root], cancellationToken);
        await Finish(root, cancellationToken);
        Directory.Move(root, Root);
        Directory.Delete(work, recursive: true);
    }

    private static async Task Download(string work, CancellationToken cancellationToken)
    {
        string sources = Path.Combine(work, "sources.list");
        await File.WriteAllTextAsync(sources, Suite + "\n", cancellationToken);
        Directory.CreateDirectory(Path.Combine(work, "lists", "partial"));
        Directory.CreateDirectory(Path.Combine(work, "archives", "partial"));
        // Leaves the host's apt configuration alone. Signatures are checked; the date of the mirror is not.
        string[] apart =
        [
            .. new[]
            {
                $"Dir::Etc::sourcelist={sources}",
                "Dir::Etc::sourceparts=-",
                $"Dir::State::lists={Path.Combine(work, "lists")}",
                $"Dir::Cache={work}",
                "Dir::State::status=/dev/null",
                "APT::Sandbox::User=root",
                "Acquire::Check-Valid-Until=false",
                "Acquire::Retries=3",
            }.SelectMany(option => new[] { "-o", option }),
        ];
        await Shell.Run("apt-get", [.. apart, "-qq", "update"], cancellationToken);
        await Shell.Run(
            "apt-get",
            [
                .. apart,
                "-qq",
                "-y",
                "--no-install-recommends",
                "--download-only",
                "install",
                .. Packages,
            ],
            cancellationToken
        );
    }

    // Does what the packages' install scripts would do, as far as the engine needs it.
    private static async Task Finish(string root, CancellationToken cancellationToken)
    {
        foreach (string link in (string[])["bin", "sbin", "lib", "lib64"])
        {
            if (!Path.Exists(Path.Combine(root, link)))
                File.CreateSymbolicLink(Path.Combine(root, link), $"usr/{link}");
        }
        foreach (string folder in (string[])["dev", "proc", "tmp", "run", "data"])
            Directory.CreateDirectory(Path.Combine(root, folder));
        await Write(
            "etc/passwd",
            "root:x:0:0:root:/:/bin/sh\npostgres:x:1500:1500::/data:/bin/sh\n"
        );
        await Write("etc/group", "root:x:0:\npostgres:x:1500:\n");
        await Write("etc/hosts", "127.0.0.1 localhost\n");
        await File.AppendAllTextAsync(
            Path.Combine(root, "etc/ld.so.conf"),
            "/usr/lib/x86_64-linux-gnu/blas\n/usr/lib/x86_64-linux-gnu/lapack\n",
            cancellationToken
        );
        await Shell.Run("chroot", [root, "/sbin/ldconfig"], cancellationToken);
        await Shell.Run("chmod", ["1777", Path.Combine(root, "tmp")], cancellationToken);
        await Shell.Run("chown", [User, Path.Combine(root, "data")], cancellationToken);
        string postgis = Path.Combine(root, "usr/share/postgresql/18/extension/postgis.control");
        if (!Path.Exists(postgis))
            File.CreateSymbolicLink(postgis, "postgis-3.control");

        Task Write(string path, string text) =>
            File.WriteAllTextAsync(Path.Combine(root, path), text, cancellationToken);
    }

    private static async Task Mount(string folder, CancellationToken cancellationToken)
    {
        string target = Root + folder;
        string mounts = await File.ReadAllTextAsync("/proc/mounts", cancellationToken);
        if (!mounts.Contains($" {target} ", StringComparison.Ordinal))
            await Shell.Run("mount", ["--bind", folder, target], cancellationToken);
    }
}
