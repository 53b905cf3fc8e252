using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Emails;

[GrainType("email")]
internal sealed class EmailGrain(
    [DurableState(GrainStorageNames.Emails)] DurableState<EmailState> stored,
    TimeProvider clock
) : Grain, IEmailGrain, IIncomingGrainCallFilter
{
    private BriefStay? _stay;

    // Strangers ask for as many addresses as they like, and none of them is to leave an activation behind. One that
    // somebody owns leaves none either: it would be answered sooner, and so tell that it is owned.
    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        finally
        {
            if (stored.IsKnown)
                (_stay ??= new(this)).Extend();
        }
    }

    public Task<UserId?> Owner() => Task.FromResult(Current);

    public async Task<UserId> Claim(UserId user, UserId? insteadOf)
    {
        if (Current is { } owner && owner != insteadOf)
            return owner;

        await stored.Write(
            new EmailState { UserId = user.Value, Mails = StillCounting(clock.GetUtcNow()) }
        );
        return user;
    }

    public async Task Release(UserId user)
    {
        if (Current != user)
            return;

        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<CountedMail> counting = StillCounting(now);
        if (counting.Count == 0)
            await stored.Clear();
        else
            await stored.Write(
                new EmailState { Mails = counting, ExpiresAt = now + MailBudget.Window }
            );
    }

    public async Task<bool> CountMail(MailKind kind, Guid mail)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<CountedMail> counted = StillCounting(now);
        if (counted.Any(known => known.Mail == mail))
            return true;
        if (!counted.Allows(kind, now))
            return false;

        UserId? owner = Current;
        await stored.Write(
            new EmailState
            {
                UserId = owner?.Value,
                Mails = counted.With(kind, now, mail),
                ExpiresAt = owner is null ? now + MailBudget.Window : null,
            }
        );
        return true;
    }

    private UserId? Current =>
        stored is { RecordExists: true, State.UserId: { } owner } ? UserId.Parse(owner) : null;

    private IReadOnlyList<CountedMail> StillCounting(DateTimeOffset now) =>
        stored.RecordExists ? [.. stored.State.Mails.StillCounting(now)] : [];
}
