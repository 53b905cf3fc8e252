using System.Diagnostics;

namespace SessionAuth.KilledNode;

/// <summary>Ends the process as by <c>kill -9</c> once so many writes have come to pass.</summary>
internal sealed class KillSwitch
{
    private int _left = int.MaxValue;

    /// <param name="writes">How many writes are still to come to pass.</param>
    public void Arm(int writes) => Volatile.Write(ref _left, writes);

    /// <summary>Stands before each write. When it is the one that is not to be, nothing comes after.</summary>
    public void BeforeWrite()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
            return;

        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
