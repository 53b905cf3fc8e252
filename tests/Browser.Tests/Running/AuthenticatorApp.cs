using OtpNet;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>An authenticator app on somebody's phone. No code is shown twice, since each works once.</summary>
public sealed class AuthenticatorApp(string key)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly Totp _totp = new(Base32Encoding.ToBytes(key.Replace(" ", "")));
    private DateTimeOffset _last;

    /// <summary>
    /// A code that was not shown yet, and that the node still takes: the one of the step before or of this one. Where
    /// both were shown, it waits for the next.
    /// </summary>
    public async Task<string> Code()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset current = new(now.Ticks - (now.Ticks % Step.Ticks), TimeSpan.Zero);
        DateTimeOffset next = _last + Step;
        // The step before is about to be too old when this one is about to end.
        DateTimeOffset oldest = now - current > Step * 0.7 ? current : current - Step;
        DateTimeOffset step = next > oldest ? next : oldest;
        if (step > current)
            await Task.Delay(step - now + TimeSpan.FromMilliseconds(50));
        _last = step;
        return _totp.ComputeTotp(step.UtcDateTime);
    }
}
