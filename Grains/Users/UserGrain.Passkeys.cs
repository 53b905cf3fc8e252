using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>Passkeys.</remarks>
internal sealed partial class UserGrain
{
    // Nobody signs so many within the five minutes that a challenge is good.
    private const int MostSpentChallenges = 100;

    // Nodes' clocks may differ by so much.
    private static readonly TimeSpan s_challengeIsKeptBeyond = TimeSpan.FromMinutes(1);

    public Task<PasskeyRing> ListPasskeys() =>
        Task.FromResult(User is { } user ? new PasskeyRing(user.Stamp, user.Passkeys) : new(0, []));

    public async Task<UserAnswer> MayAddPasskey(Asking asking)
    {
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (!Rules.AllowsFactors)
            return new NotAllowed();
        if (user.Passkeys.Count >= Rules.MaxPasskeys)
            return new TooMany();
        if (user.EmailVerifiedAt is null)
            return new AddressNotVerified();
        return NotProved(user, session) is { } missing ? missing : new Done();
    }

    public async Task<UserAnswer> AddPasskey(
        Asking asking,
        Passkey passkey,
        AnsweredChallenge challenge
    )
    {
        // Who was let in by one factor, and has now shown that an authenticator knows them, has proved two.
        SessionProof? proof = Rules.NeedsTwoFactors ? ProvedBy(AuthenticationMethod.Passkey) : null;
        if (AlreadyDone(asking.Operation) is not null)
            return new Done(await Renewed(asking.Session, proof));

        UserAnswer may = await MayAddPasskey(asking);
        if (may is not Done || User is not { } user)
            return may;
        if (
            user.Passkeys.Any(known => known.Id == passkey.Id)
            || Spend(user, challenge) is not { } spent
        )
            return new AlreadySo();

        UserState next = Happened(
            spent,
            AccountEventKind.PasskeyAdded,
            asking.Device,
            passkey.Name
        ) with
        {
            Passkeys = [.. user.Passkeys, passkey],
        };
        return new Done(
            await Renew(
                next.WithMail(MailKind.PasskeyAdded, user.Email!, Now, asking.Device, passkey.Name),
                SessionEndReason.FactorChanged,
                asking.Session,
                asking.Operation,
                proof
            )
        );
    }

    public async Task<UserAnswer> RemovePasskey(Asking asking, string id)
    {
        if (AlreadyDone(asking.Operation) is not null)
            return new Done(await Renewed(asking.Session));
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (NotProved(user, session) is { } missing)
            return missing;
        if (user.Passkeys.FirstOrDefault(known => known.Id == id) is not { } passkey)
            return new NotThere();
        if (Rules.NeedsTwoFactors && user.Totp is null && user.Passkeys.Count == 1)
            return new NotAllowed();

        UserState next = Happened(
            user,
            AccountEventKind.PasskeyRemoved,
            asking.Device,
            passkey.Name
        ) with
        {
            Passkeys = [.. user.Passkeys.Where(known => known.Id != id)],
        };
        return await Changed(asking, next, MailKind.PasskeyRemoved, passkey.Name);
    }

    public async Task<UserAnswer> SignInWithPasskey(PasskeyUse use, Entrance entrance)
    {
        SessionProof proof = ProvedBy(AuthenticationMethod.Passkey);
        if (AlreadyDone(entrance.Operation) is { } done)
            return await AdmitAgain(done, entrance, proof);
        if (User is not { } user || Used(user, use) is not { } next)
            return new Refused(AuthenticationMethod.Passkey);
        if (user.Stamp != use.Stamp)
            return new SignInExpired();
        if (await NotYetVerified(user, entrance.Device) is { } refusal)
            return refusal;

        return await Admit(
            Happened(next, AccountEventKind.SignedIn, entrance.Device),
            entrance,
            proof
        );
    }

    public async Task<UserAnswer> StepUpWithPasskey(Asking asking, PasskeyUse use)
    {
        if (User is not { } user || await Describe(asking) is null)
            return new SignedOut();
        return Used(user, use) is { } next
            ? await Proved(asking, next, AuthenticationMethod.Passkey)
            : new Refused(AuthenticationMethod.Passkey);
    }

    /// <summary>The user with the challenge remembered; null when it was answered before. It is spent once that is durable.</summary>
    private UserState? Spend(UserState user, AnsweredChallenge challenge)
    {
        DateTimeOffset now = Now;
        SpentChallenge[] kept =
        [
            .. user.SpentChallenges.Where(spent => now < spent.GoodUntil + s_challengeIsKeptBeyond),
        ];
        return
            kept.Length < MostSpentChallenges && kept.All(spent => spent.Nonce != challenge.Nonce)
            ? user with
            {
                SpentChallenges = [.. kept, new(challenge.Nonce, challenge.GoodUntil)],
            }
            : null;
    }

    private UserState? Used(UserState user, PasskeyUse use) =>
        user.Passkeys.Any(known => known.Id == use.Id) && Spend(user, use.Challenge) is { } spent
            ? spent with
            {
                Passkeys =
                [
                    .. user.Passkeys.Select(known =>
                        known.Id == use.Id
                            ? known with
                            {
                                LastUsedAt = Now,
                                SignCount = use.SignCount,
                                BackedUp = use.BackedUp,
                            }
                            : known
                    ),
                ],
            }
            : null;
}
