using System.Security.Cryptography;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The authenticator app and the recovery codes.</remarks>
internal sealed partial class UserGrain
{
    private const string TotpPurpose = "totp";

    public async Task<UserAnswer> OfferTotp(Asking asking)
    {
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (!Rules.AllowsFactors)
            return new NotAllowed();
        if (user.Totp is not null)
            return new AlreadySo();
        if (user.EmailVerifiedAt is null)
            return new AddressNotVerified();
        if (NotProved(user, session) is { } missing)
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
        SessionProof proof = ProvedBy(AuthenticationMethod.Password, AuthenticationMethod.Totp);
        if (AlreadyDone(asking.Operation) is not null)
            return await SameCodes(asking, proof);
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (user.OfferedTotp is not { } offered)
            return new NotThere();
        if (NotProved(user, session) is { } missing)
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
            proof
        );
    }

    public async Task<UserAnswer> RemoveTotp(Asking asking)
    {
        if (AlreadyDone(asking.Operation) is not null)
            return new Done(await Renewed(asking.Session));
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (user.Totp is null)
            return new NotThere();
        if (NotProved(user, session) is { } missing)
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
        if (AlreadyDone(asking.Operation) is not null)
            return await SameCodes(asking, proof: null);
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (user.Totp is null)
            return new NotThere();
        if (NotProved(user, session) is { } missing)
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
        OperationId operation = asking.Operation ?? OperationId.New();
        IReadOnlyList<Secret> codes = recoveryCodes.Make(Id, operation);
        UserState next = user with
        {
            RecoveryCodes = [.. codes.Select(code => RecoveryCodes.Hash(Id, code))],
        };
        return new RecoveryCodesMade(
            codes,
            await Renew(next, SessionEndReason.FactorChanged, asking.Session, operation, proof)
        );
    }

    private async Task<UserAnswer> SameCodes(Asking asking, SessionProof? proof) =>
        recoveryCodes.MakeAgain(Id, asking.Operation!.Value, stored.State.RecoveryCodes)
            is { } codes
            ? new RecoveryCodesMade(codes, await Renewed(asking.Session, proof))
            // Made anew since, or the key is gone: these are good for nothing.
            : new Busy();

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
                asking.Session,
                asking.Operation
            )
        );
}
