using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Secrets;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Users;

/// <remarks>Each file of this class has one subject; this one: registering and signing in.</remarks>
[GrainType("user")]
[ExclusiveActivation]
internal sealed partial class UserGrain(
    [DurableState(GrainStorageNames.Users)] DurableState<UserState> stored,
    PasswordHasher passwords,
    SecretBox secrets,
    LinkTokens linkTokens,
    RecoveryCodeMaker recoveryCodes,
    OutboxBell bell,
    IOptions<AccountOptions> accountOptions,
    PasswordRules passwordRules,
    IOptions<SessionOptions> sessionOptions,
    TimeProvider clock,
    ILogger<UserGrain> logger
)
    : Grain,
        IUserGrain,
        IUserAddressGrain,
        IUserPasswordGrain,
        IUserFactorsGrain,
        IUserPasskeysGrain,
        IUserDataGrain,
        IUserOutboxGrain,
        IIncomingGrainCallFilter
{
    // Longer than any registration can be under way, and short enough not to pile up.
    private static readonly TimeSpan s_givenUpFor = TimeSpan.FromDays(1);

    private UserId Id => UserId.Parse(this.GetPrimaryKeyString());

    private UserState? User =>
        stored is { RecordExists: true, State.Email: not null } ? stored.State : null;

    private AccountOptions Rules => accountOptions.Value;

    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<UserAnswer> Register(Registration registration)
    {
        if (Rules.IsClosed)
            return new RegistrationClosed();
        Entrance entrance = new(
            registration.Device,
            Persistent: true,
            registration.Replaces,
            Operation: registration.Operation
        );
        SessionProof proof = ProvedBy(AuthenticationMethod.Password);
        if (AlreadyDone(registration.Operation) is { } done)
            return done.Result is null
                ? new VerificationAwaited()
                : await AdmitAgain(done, entrance, proof);
        if (stored.RecordExists)
            return new Refused();

        (string address, Password password) = (registration.Email, registration.Password);
        if (await passwordRules.Judge(password, address) is { } refusal)
            return refusal;

        IEmailGrain email = GrainFactory.Email(EmailKey.Of(address));
        UserId owner = await email.Claim(Id, registration.InsteadOf);
        if (owner != Id)
            return await Taken(owner, password);

        if (await passwords.Hash(password, known: false) is not { } hash)
        {
            await email.Release(Id);
            return new Busy();
        }

        DateTimeOffset now = Now;
        UserState user = Happened(
            new UserState
            {
                Email = address,
                PasswordHash = hash,
                CreatedAt = now,
            },
            AccountEventKind.Registered,
            registration.Device
        );
        if (await email.CountMail(MailKind.VerifyAddress, Guid.NewGuid()))
            user = user.WithMail(MailKind.VerifyAddress, address, now, registration.Device);
        if (Rules.NeedsVerifiedAddress)
        {
            await Write(user.WithFinished(registration.Operation, now));
            return new VerificationAwaited();
        }

        return await Admit(user, entrance, proof);
    }

    public async Task<UserAnswer> VerifyPassword(SignIn signIn)
    {
        UserState? user = User;
        bool? verified = await passwords.Verify(
            user?.PasswordHash,
            signIn.Password,
            signIn.Entrance.Known,
            Id
        );
        if (verified is null)
            return new Busy();
        if (user is null)
            return new Refused();
        if (verified is true)
            return new PasswordMatched(user.Stamp);

        if (User is not null)
            Note(AccountEventKind.SignInFailed, signIn.Entrance.Device);
        return new Refused();
    }

    public async Task<UserAnswer> Enter(SignIn signIn, long stamp)
    {
        Entrance entrance = signIn.Entrance;
        SessionProof proof = ProvedBy(AuthenticationMethod.Password);
        if (AlreadyDone(entrance.Operation) is { } done)
            return await AdmitAgain(done, entrance, proof);
        if (User is not { PasswordHash: { } hash } user || user.Stamp != stamp)
            return new SignInExpired();

        if (await NotYetVerified(user, entrance.Device) is { } refusal)
            return refusal;

        // When too many wait to be hashed, the old hash is good for one more time.
        if (
            passwords.IsOutdated(hash)
            && await passwords.Hash(signIn.Password, known: true) is { } renewed
        )
            user = user with { PasswordHash = renewed };
        if (user.Totp is not null)
        {
            if (user != User)
                await Write(user);
            return new SecondFactorNeeded(Id, user.Stamp, SecondFactors(user));
        }

        return await Admit(
            Happened(user, AccountEventKind.SignedIn, entrance.Device),
            entrance,
            proof
        );
    }

    public async Task<bool> Abandon(string address)
    {
        if (User is { } user)
            return user.Email != address && user.NewEmail != address;

        if (stored.RecordExists)
        {
            await Finish();
        }
        else
        {
            DateTimeOffset now = Now;
            await Write(new UserState { CreatedAt = now, ExpiresAt = now + s_givenUpFor });
        }

        return true;
    }

    public Task<UserProfile?> Profile() => Task.FromResult(User is { } user ? Profile(user) : null);

    private static UserProfile Profile(UserState user) =>
        new()
        {
            Email = user.Email!,
            EmailVerified = user.EmailVerifiedAt is not null,
            NewEmail = user.NewEmail,
            HasPassword = user.PasswordHash is not null,
            HasTotp = user.Totp is not null,
            RecoveryCodesLeft = user.RecoveryCodes.Count,
            Passkeys = user.Passkeys.Count,
        };

    // Where nobody may learn which addresses are taken, it takes as long as when it is free.
    private async Task<UserAnswer> Taken(UserId owner, Password password)
    {
        if (!Rules.IsPrivate)
            return new AddressTaken(owner);
        return await passwords.Hash(password, known: false) is null
            ? new Busy()
            : new AddressTaken(owner, MayBeTold: false);
    }

    // Where registration is private, an address that waits to be verified must look like one without an account.
    private async Task<UserAnswer?> NotYetVerified(UserState user, ClientDevice device)
    {
        if (!Rules.NeedsVerifiedAddress || user.EmailVerifiedAt is not null)
            return null;

        await SendVerification(user, device);
        return Rules.IsPrivate ? new Refused() : new AddressNotVerified();
    }

    // The new session is durable before any other ends, and ends the browser's own by itself when it is first used: when
    // something fails midway, or the answer is lost, the browser is not signed out.
    private async Task<UserAnswer> Admit(UserState user, Entrance entrance, SessionProof proof)
    {
        if (user.Sessions.Count >= sessionOptions.Value.MaxSessionsPerUser)
            user = (await SessionListing.Of(user, Id, GrainFactory, Now)).Pruned;

        SessionId id = SessionId.New();
        ListedSession listed = new(id.Value, Now, entrance.Device.Ip, UsedAt: Now);
        // A device is known where all that the account asks for has been proved, and something may be left behind.
        if (entrance.Persistent && !proof.Restricted)
            user = user.Remembering(entrance.Mark, id, entrance.Device, Now);
        UserState next = user with { Sessions = [.. user.Sessions, listed] };
        await Write(next.WithFinished(entrance.Operation, Now, id.Value));
        return await Start(id, entrance, proof);
    }

    // The sign-in whose answer was lost goes on where it was, unless the secrets have changed since (ASVS 7.4.3).
    private async Task<UserAnswer> AdmitAgain(
        FinishedOperation done,
        Entrance entrance,
        SessionProof proof
    ) =>
        User is { } user && user.Stamp == done.Stamp && done.Result is { } session
            ? await Start(SessionId.Parse(session), entrance, proof)
            : new SignInExpired();

    private async Task<UserAnswer> Start(SessionId id, Entrance entrance, SessionProof proof)
    {
        SessionGrant grant = await GrainFactory
            .Session(id)
            .Start(
                new SessionStart(Id, entrance.Device, entrance.Persistent, proof, entrance.Replaces)
            );

        IReadOnlyList<SessionId> others =
        [
            .. stored
                .State.Sessions.Select(other => SessionId.Parse(other.Id))
                .Where(other => !entrance.Replaces.Contains(other)),
        ];
        int beyond = others.Count - sessionOptions.Value.MaxSessionsPerUser;
        // One that cannot be ended now stays in the list, and is for the next sign-in to end.
        await Task.WhenAll(
            others
                .Take(Math.Max(0, beyond))
                .Select(earliest =>
                    Failure(
                        GrainFactory.Session(earliest).Revoke(SessionEndReason.SessionLimit, Id)
                    )
                )
        );

        return new Admitted(stored.State.Email!, grant with { Mark = stored.State.MarkOf(id) });
    }
}
