using System.Diagnostics;

namespace SessionAuth.KilledNode;

/// <summary>Kills the process like <c>kill -9</c> after a number of writes.</summary>
internal sealed class KillSwitch
{
    private int _left = int.MaxValue;

    /// <param name="writes">The number of writes that still succeed.</param>
    public void Arm(int writes) => Volatile.Write(ref _left, writes);

    /// <summary>Called before each write; kills the process before the first write too many.</summary>
    public void BeforeWrite()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
            return;

        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
