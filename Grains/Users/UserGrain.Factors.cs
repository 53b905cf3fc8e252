using System.Security.Cryptography;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The authenticator app and the recovery codes.</remarks>
internal sealed partial class UserGrain
{
    private const string TotpPurpose = "totp";

    public async Task<UserAnswer> OfferTotp(Asking asking)
    {
        if (User is not { } user)
            return new NotThere();
        if (!Rules.AllowsFactors)
            return new NotAllowed();
        if (user.Totp is not null)
            return new AlreadySo();
        if (await NotProved(user, asking) is { } missing)
            return missing;

        byte[] secret = RandomNumberGenerator.GetBytes(TotpCodes.SecretBytes);
        await Write(
            user with
            {
                OfferedTotp = new(secrets.Seal(Id, TotpPurpose, secret), Now, LastStep: 0),
            }
        );
        return new TotpOffered(TotpCodes.Text(secret), user.Email!);
    }

    public async Task<UserAnswer> ConfirmTotp(Asking asking, Secret code)
    {
        if (User is not { OfferedTotp: { } offered } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
            return missing;

        if (StepOf(offered, code) is not { } step)
        {
            Note(AccountEventKind.CodeFailed, asking.Device);
            return new Refused(AuthenticationMethod.Totp);
        }

        UserState next = Happened(user, AccountEventKind.TotpAdded, asking.Device) with
        {
            Totp = offered with { AddedAt = Now, LastStep = step },
        };
        return await WithNewCodes(
            asking,
            next.WithMail(MailKind.TotpAdded, user.Email!, Now, asking.Device),
            ProvedBy(AuthenticationMethod.Password, AuthenticationMethod.Totp)
        );
    }

    public async Task<UserAnswer> RemoveTotp(Asking asking)
    {
        if (User is not { Totp: not null } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
            return missing;
        if (Rules.NeedsTwoFactors && user.Passkeys.Count == 0)
            return new NotAllowed();

        UserState next = Happened(user, AccountEventKind.TotpRemoved, asking.Device) with
        {
            Totp = null,
            RecoveryCodes = [],
        };
        return await Changed(asking, next, MailKind.TotpRemoved);
    }

    public async Task<UserAnswer> MakeRecoveryCodes(Asking asking)
    {
        if (User is not { Totp: not null } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
            return missing;

        UserState next = Happened(user, AccountEventKind.RecoveryCodesMade, asking.Device);
        return await WithNewCodes(
            asking,
            next.WithMail(MailKind.RecoveryCodesMade, user.Email!, Now, asking.Device),
            proof: null
        );
    }

    private async Task<UserAnswer> WithNewCodes(Asking asking, UserState user, SessionProof? proof)
    {
        IReadOnlyList<Secret> codes = RecoveryCodes.New();
        UserState next = user with
        {
            RecoveryCodes = [.. codes.Select(code => RecoveryCodes.Hash(Id, code))],
        };
        return new RecoveryCodesMade(
            codes,
            await Renew(next, SessionEndReason.FactorChanged, asking.Session, proof)
        );
    }

    private async Task<UserAnswer> Changed(
        Asking asking,
        UserState next,
        MailKind told,
        string? detail = null
    ) =>
        new Done(
            await Renew(
                next.WithMail(told, next.Email!, Now, asking.Device, detail),
                SessionEndReason.FactorChanged,
                asking.Session
            )
        );
}
