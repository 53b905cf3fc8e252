using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The e-mail address.</remarks>
internal sealed partial class UserGrain
{
    private const string StartedOver = "started-over";

    public async Task<UserAnswer> SendVerification(Asking asking)
    {
        if (User is not { } user || await Describe(asking) is null)
            return new SignedOut();
        if (AlreadyDone(asking.Operation) is not null)
            return new Done();
        if (user.EmailVerifiedAt is not null)
            return new AlreadySo();

        await SendVerification(user, asking.Device, asking.Operation);
        return new Done();
    }

    public async Task<UserAnswer> ConfirmVerification(
        Secret token,
        Asking? asking,
        Password? password,
        bool startOver,
        OperationId? operation
    )
    {
        if (AlreadyDone(operation) is { } done && User is { } verifiedBefore)
        {
            await Renewed(asking: null);
            return new AddressVerified(
                verifiedBefore.Email!,
                StartedOver: done.Result == StartedOver
            );
        }

        if (User is not { } user || Link(user, MailKind.VerifyAddress, token) is null)
            return new LinkRefused();
        // By this link or by another way since: whoever holds it is told that what it is for is so.
        if (user.EmailVerifiedAt is not null)
            return new AddressVerified(
                user.Email!,
                StartedOver: user.PasswordHash is null,
                Already: true
            );

        bool theirs = asking is not null && await Describe(asking) is not null;
        if (!theirs && password is { } typed)
        {
            bool? verified = await passwords.Verify(user.PasswordHash, typed, known: true);
            if (verified is null)
                return new Busy();
            if (verified is false)
                return new Refused();
            theirs = true;
        }

        if (!theirs && !startOver)
            return new StartOverNeeded();

        UserState proved = Happened(user, AccountEventKind.AddressVerified, asking?.Device) with
        {
            EmailVerifiedAt = Now,
        };
        if (theirs)
            await Write(proved.WithFinished(operation, Now));
        else
            await Renew(
                WithNothingFromBefore(proved).WithMail(MailKind.StartedOver, user.Email!, Now),
                SessionEndReason.AddressProved,
                asking: null,
                operation,
                result: StartedOver
            );
        return new AddressVerified(user.Email!, StartedOver: !theirs);
    }

    public async Task<UserAnswer> ChangeAddress(Asking asking, string email)
    {
        if (AlreadyDone(asking.Operation) is not null)
            return new Done();
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (NotProved(user, session) is { } missing)
            return missing;

        DateTimeOffset now = Now;
        UserState? next = user.AskingForMail(MailKind.ConfirmNewAddress, Rules.MailsPerHour, now);
        if (
            email == user.Email
            || next is null
            || !await MayBeMailed(MailKind.ConfirmNewAddress, email)
        )
            return new Done();

        await Write(
            (
                Happened(next, AccountEventKind.AddressChangeRequested, asking.Device, email) with
                {
                    NewEmail = email,
                    Links = Without(next.Links, MailKind.ConfirmNewAddress),
                }
            )
                .WithMail(MailKind.ConfirmNewAddress, email, now, asking.Device)
                .WithFinished(asking.Operation, now)
        );
        return new Done();
    }

    public async Task<UserAnswer> ConfirmAddressChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation
    )
    {
        if (AlreadyDone(operation) is not null && User is { } changedBefore)
        {
            await Finish();
            return new AddressVerified(changedBefore.Email!, StartedOver: false);
        }

        if (
            User is not { NewEmail: { } email } user
            || Link(user, MailKind.ConfirmNewAddress, token) is null
        )
            return new LinkRefused();

        UserId owner = await GrainFactory.Email(EmailKey.Of(email)).Claim(Id, insteadOf);
        if (owner != Id)
            return new AddressTaken(owner);

        DateTimeOffset now = Now;
        UserState next = Happened(user, AccountEventKind.AddressChanged, detail: email) with
        {
            Email = email,
            EmailVerifiedAt = now,
            NewEmail = null,
            Links = [],
            Stamp = user.Stamp + 1,
            Releasing = [.. user.Releasing, user.Email!],
        };
        // Whoever had the old address is told, unless nobody has ever proved to have it.
        if (user.EmailVerifiedAt is not null)
            next = next.WithMail(MailKind.AddressChanged, user.Email!, now, detail: email);
        await Write(
            next.WithMail(MailKind.AddressChanged, email, now, detail: email)
                .WithFinished(operation, now)
        );
        await Finish();
        return new AddressVerified(email, StartedOver: false);
    }

    public async Task TellOfRegistration()
    {
        if (User is not { } user)
            return;

        if (user.EmailVerifiedAt is null)
            await SendVerification(user, device: null);
        else if (await MayBeMailed(MailKind.RegistrationTried, user.Email!))
            await Write(user.WithMail(MailKind.RegistrationTried, user.Email!, Now));
    }

    private async Task SendVerification(
        UserState user,
        ClientDevice? device,
        OperationId? operation = null
    )
    {
        if (await MayBeMailed(MailKind.VerifyAddress, user.Email!))
            await Write(
                user.WithMail(MailKind.VerifyAddress, user.Email!, Now, device)
                    .WithFinished(operation, Now)
            );
    }

    // Counted before it is written: a crash in between costs a mail, and not the count.
    private Task<bool> MayBeMailed(MailKind kind, string address) =>
        GrainFactory.Email(EmailKey.Of(address)).CountMail(kind, Guid.NewGuid());

    private MailedLink? Link(UserState user, MailKind kind, Secret token)
    {
        string address = kind == MailKind.ConfirmNewAddress ? user.NewEmail! : user.Email!;
        DateTimeOffset now = Now;
        return user.Links.FirstOrDefault(link =>
            link.Kind == kind
            && link.Address == address
            && now < link.ExpiresAt
            && linkTokens.Matches(token, Id, kind.ToString(), link.Address, link.Nonce)
        );
    }

    private static IReadOnlyList<MailedLink> Without(
        IReadOnlyList<MailedLink> links,
        MailKind kind
    ) => [.. links.Where(link => link.Kind != kind)];

    private static IReadOnlyList<MailedLink> Only(IReadOnlyList<MailedLink> links, MailKind kind) =>
        [.. links.Where(link => link.Kind == kind)];

    // Whoever made the account before the address was proved may not have been its owner. A second factor stays: it can
    // only have come with an import, since one is added to a verified address alone, and a mailbox is not to be enough
    // where it was asked for.
    private static UserState WithNothingFromBefore(UserState user) =>
        user with
        {
            PasswordHash = null,
            NewEmail = null,
            Links = Only(user.Links, MailKind.VerifyAddress),
        };
}
