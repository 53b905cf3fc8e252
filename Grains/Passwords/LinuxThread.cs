using System.Runtime.InteropServices;

namespace SessionAuth.Grains.Passwords;

/// <summary>Linux system calls about the calling thread that .NET has no API for.</summary>
internal static class LinuxThread
{
    private const int PriorityOfProcess = 0;
    private const int CallingThread = 0;
    private const int ClockThreadCpuTimeId = 3;

    /// <summary>
    /// Lowers the scheduling priority of the calling thread. On other systems than Linux it becomes
    /// <see cref="ThreadPriority.BelowNormal"/>.
    /// </summary>
    /// <param name="niceness">The nice value, from 0 (normal priority) to 19 (lowest).</param>
    public static void SetNiceness(int niceness)
    {
        // On Linux the nice value is per thread (see setpriority(2)), and Thread.Priority has no effect.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(PriorityOfProcess, CallingThread, niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    /// <summary>The CPU time of the calling thread; null on other systems than Linux.</summary>
    public static TimeSpan? CpuTime =>
        OperatingSystem.IsLinux() && GetTime(ClockThreadCpuTimeId, out TimeSpec time) == 0
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
