using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Emails;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Emails;

[GrainType("email")]
internal sealed class EmailGrain(
    [DurableState(GrainStorageNames.Emails)] DurableState<EmailState> stored,
    TimeProvider clock
) : Grain, IEmailGrain, IIncomingGrainCallFilter
{
    private static readonly EmailState s_none = new();

    private IdleDeactivation? _idle;

    private EmailState Stored => stored.RecordExists ? stored.State : s_none;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        stored.Read(cancellationToken);

    public override Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    ) => stored.Leave(cancellationToken);

    // Denial of service: calls for arbitrary emails must not leave activations behind. Those of emails with an owner
    // are not kept either, since their faster answers would allow user enumeration.
    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context) =>
        (_idle ??= new(this)).Invoke(context, () => stored.IsKnown);

    public Task<UserId?> Owner() => Task.FromResult(Stored.Owner());

    public async Task<UserId> Claim(UserId user, UserId? insteadOf)
    {
        if (Stored.Claimed(user, insteadOf, clock.GetUtcNow()) is { } next)
            await stored.Write(next);
        return Stored.Owner()!.Value;
    }

    public async Task Release(UserId user)
    {
        if (Stored.Released(user, clock.GetUtcNow()) is not { } next)
            return;

        if (next.HasNothing())
            await stored.Clear();
        else
            await stored.Write(next);
    }

    public async Task<bool> CountMail(MailKind kind, Guid mail)
    {
        (bool mayBeSent, EmailState? next) = Stored.Count(kind, mail, clock.GetUtcNow());
        if (next is not null)
            await stored.Write(next);
        return mayBeSent;
    }
}
