using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>Passkeys.</remarks>
internal sealed partial class UserGrain
{
    public Task<IReadOnlyList<Passkey>> ListPasskeys() => Task.FromResult(User?.Passkeys ?? []);

    public async Task<UserAnswer> MayAddPasskey(Asking asking)
    {
        if (User is not { } user)
            return new NotThere();
        if (!Rules.AllowsFactors)
            return new NotAllowed();
        if (user.Passkeys.Count >= Rules.MaxPasskeys)
            return new TooMany();
        return await NotProved(user, asking) ?? new Done();
    }

    public async Task<UserAnswer> AddPasskey(Asking asking, Passkey passkey)
    {
        UserAnswer may = await MayAddPasskey(asking);
        if (may is not Done || User is not { } user)
            return may;
        if (user.Passkeys.Any(known => known.Id == passkey.Id))
            return new AlreadySo();

        UserState next = Happened(
            user,
            AccountEventKind.PasskeyAdded,
            asking.Device,
            passkey.Name
        ) with
        {
            Passkeys = [.. user.Passkeys, passkey],
        };
        // Who was let in by one factor, and has now shown that an authenticator knows them, has proved two.
        return new Done(
            await Renew(
                next.WithMail(MailKind.PasskeyAdded, user.Email!, Now, asking.Device, passkey.Name),
                SessionEndReason.FactorChanged,
                asking.Session,
                Rules.NeedsTwoFactors ? ProvedBy(AuthenticationMethod.Passkey) : null
            )
        );
    }

    public async Task<UserAnswer> RemovePasskey(Asking asking, string id)
    {
        if (User is not { } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
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
        if (User is not { } user || Used(user, use) is not { } next)
            return new Refused(AuthenticationMethod.Passkey);
        if (await NotYetVerified(user, entrance.Device) is { } refusal)
            return refusal;

        return await Admit(
            Happened(next, AccountEventKind.SignedIn, entrance.Device),
            entrance,
            ProvedBy(AuthenticationMethod.Passkey)
        );
    }

    public async Task<UserAnswer> StepUpWithPasskey(Asking asking, PasskeyUse use)
    {
        if (User is not { } user || await Describe(asking) is null)
            return new NotThere();
        return Used(user, use) is { } next
            ? await Proved(asking, next, AuthenticationMethod.Passkey)
            : new Refused(AuthenticationMethod.Passkey);
    }

    private UserState? Used(UserState user, PasskeyUse use) =>
        user.Passkeys.Any(known => known.Id == use.Id)
            ? user with
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
