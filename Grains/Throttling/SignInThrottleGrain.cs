using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.Grains.Throttling;

// Longer than the longest wait after failed sign-ins, which is forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("sign-in-throttle")]
internal sealed class SignInThrottleGrain(IOptions<ThrottleOptions> options, TimeProvider clock)
    : Grain,
        ISignInThrottleGrain
{
    private BackOff? _backOff;

    private BackOff BackOff =>
        _backOff ??= new(options.Value, ThrottleKey.IsNetwork(this.GetPrimaryKeyString()));

    public Task<TimeSpan?> Begin() => Task.FromResult(BackOff.Begin(clock.GetUtcNow()));

    public Task Finish(TryOutcome outcome)
    {
        switch (outcome)
        {
            case TryOutcome.Succeeded:
                BackOff.Succeed();
                break;
            case TryOutcome.Failed:
                BackOff.Fail(clock.GetUtcNow());
                break;
            default:
                BackOff.Withdraw();
                break;
        }

        return Task.CompletedTask;
    }

    public Task Clear()
    {
        _backOff = null;
        return Task.CompletedTask;
    }
}
