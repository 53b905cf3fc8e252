using System.Runtime.InteropServices;

namespace SessionAuth.Grains.Passwords;

/// <summary>What Linux says of the thread that asks, and lets it do to itself, and .NET does not.</summary>
internal static class OwnThread
{
    private const int ThisThread = 0;
    private const int ProcessorTimeOfThisThread = 3;

    /// <summary>
    /// Gives way to other threads where the processor is short: from 0, not at all, to 19, nearly always. Elsewhere than on
    /// Linux a little.
    /// </summary>
    public static void GiveWay(int niceness)
    {
        // Linux gives each thread a niceness of its own; Thread.Priority changes nothing there.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(ThisThread, ThisThread, niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    /// <summary>How long it has had a processor; null where that is not known.</summary>
    public static TimeSpan? ProcessorTime =>
        OperatingSystem.IsLinux() && GetTime(ProcessorTimeOfThisThread, out TimeSpec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds)
                + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
            : null;

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
