using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Emails;

[GrainType("email")]
internal sealed class EmailGrain(
    [DurableState(GrainStorageNames.Emails)] DurableState<EmailState> stored
) : Grain, IEmailGrain
{
    public Task<UserId?> Owner() => Task.FromResult(Current);

    public async Task<UserId> Claim(UserId user, UserId? insteadOf)
    {
        if (Current is { } owner && owner != insteadOf)
            return owner;

        await stored.Write(new EmailState { UserId = user.Value });
        return user;
    }

    public async Task Release(UserId user)
    {
        if (Current == user)
            await stored.Clear();
    }

    private UserId? Current =>
        stored is { RecordExists: true, State.UserId: { } owner } ? UserId.Parse(owner) : null;
}
