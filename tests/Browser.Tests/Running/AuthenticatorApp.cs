using OtpNet;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>An authenticator app. It shows no code twice, since each works once.</summary>
public sealed class AuthenticatorApp(string key)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly Totp _totp = new(Base32Encoding.ToBytes(key.Replace(" ", "")));
    private DateTimeOffset _last;

    /// <summary>
    /// A code that was not shown yet and that the node still accepts: of the previous time step or the current one. If
    /// both were shown, it waits for the next.
    /// </summary>
    public async Task<string> Code()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset current = new(now.Ticks - (now.Ticks % Step.Ticks), TimeSpan.Zero);
        DateTimeOffset next = _last + Step;
        // The previous step is about to be too old when the current one is about to end.
        DateTimeOffset oldest = now - current > Step * 0.7 ? current : current - Step;
        DateTimeOffset step = next > oldest ? next : oldest;
        if (step > current)
            await Task.Delay(step - now + TimeSpan.FromMilliseconds(50));
        _last = step;
        return _totp.ComputeTotp(step.UtcDateTime);
    }
}
