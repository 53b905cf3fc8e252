using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Users;

[GrainType("user")]
internal sealed partial class UserGrain(
    [PersistentState(GrainStorageNames.Users, GrainStorageNames.Provider)]
        IPersistentState<UserState> stored,
    PasswordHasher passwords,
    IOptions<PasswordOptions> passwordOptions,
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
        IUserOutboxGrain
{
    // Longer than any registration can be under way, and short enough not to pile up.
    private static readonly TimeSpan GivenUpFor = TimeSpan.FromDays(1);

    private UserId Id => UserId.Parse(this.GetPrimaryKeyString());

    private UserState? User =>
        stored is { RecordExists: true, State.Email: not null } ? stored.State : null;

    public async Task<UserAnswer> Register(Registration registration)
    {
        if (stored.RecordExists)
            return new Refused();

        (string address, Password password) = (registration.Email, registration.Password);
        if (PasswordRules.Judge(password, address, passwordOptions.Value) is { } refusal)
            return refusal;

        IEmailGrain email = GrainFactory.Email(EmailKey.Of(address));
        UserId owner = await email.Claim(Id, registration.InsteadOf);
        if (owner != Id)
            return new AddressTaken(owner);

        if (await passwords.Hash(password) is not { } hash)
        {
            await email.Release(Id);
            return new Busy();
        }

        UserState user = new()
        {
            Email = address,
            PasswordHash = hash,
            CreatedAt = clock.GetUtcNow(),
        };
        return await Admit(user, registration.Device, persistent: true, registration.Replaces);
    }

    public async Task<UserAnswer> SignIn(SignIn signIn)
    {
        bool? verified = await passwords.Verify(User?.PasswordHash, signIn.Password);
        if (verified is null)
            return new Busy();
        if (verified is false || User is not { } user)
            return new Refused();

        // When too many wait to be hashed, the old hash is good for one more time.
        if (
            passwords.IsOutdated(user.PasswordHash)
            && await passwords.Hash(signIn.Password) is { } hash
        )
            user = user with { PasswordHash = hash };

        if (user.Sessions.Count >= sessionOptions.Value.MaxSessionsPerUser)
            user = (await SessionListing.Of(user, Id, GrainFactory, clock.GetUtcNow())).Pruned;

        return await Admit(
            user,
            signIn.Entrance.Device,
            signIn.Entrance.Persistent,
            signIn.Entrance.Replaces
        );
    }

    public async Task<bool> Abandon(string address)
    {
        if (User is not null)
            return false;

        if (!stored.RecordExists)
        {
            DateTimeOffset now = clock.GetUtcNow();
            await stored.Write(
                new UserState { CreatedAt = now, ExpiresAt = now + GivenUpFor },
                this
            );
        }

        return true;
    }

    public Task<UserProfile?> Profile() =>
        Task.FromResult(User is { Email: { } email } ? new UserProfile { Email = email } : null);

    public async Task<SessionList> ListSessions()
    {
        if (User is not { } user)
            return new([], []);

        SessionListing listing = await SessionListing.Of(user, Id, GrainFactory, clock.GetUtcNow());
        if (listing.Pruned != user)
            await TryPrune(listing.Pruned);
        return new(listing.Live, [.. listing.Pruned.Ended.Select(Snapshot)]);
    }

    public async Task<UserAnswer> EndSessions(Asking asking, bool includeCurrent)
    {
        SessionId current = asking.Session;
        if (User is not { } user)
            return new NotThere();

        await Task.WhenAll(
            user.Sessions.Select(listed => SessionId.Parse(listed.Id))
                .Where(id => id != current)
                .Select(id => GrainFactory.Session(id).Revoke(SessionEndReason.RevokedByUser, Id))
        );
        if (includeCurrent)
            await GrainFactory.Session(current).Revoke(SessionEndReason.SignedOut, Id);
        return new Done();
    }

    // The new session is durable before any other ends, and the browser's own ends last: when something fails
    // midway, the browser is not signed out.
    private async Task<UserAnswer> Admit(
        UserState user,
        ClientDevice device,
        bool persistent,
        IReadOnlyList<SessionId> replaces
    )
    {
        SessionId id = SessionId.New();
        ListedSession listed = new(id.Value, clock.GetUtcNow());
        await stored.Write(user with { Sessions = [.. user.Sessions, listed] }, this);
        SessionGrant grant = await GrainFactory
            .Session(id)
            .Start(new SessionStart(Id, device, persistent, new([AuthenticationMethod.Password])));

        IReadOnlyList<SessionId> others =
        [
            .. stored
                .State.Sessions.Select(other => SessionId.Parse(other.Id))
                .Where(other => !replaces.Contains(other)),
        ];
        int beyond = others.Count - sessionOptions.Value.MaxSessionsPerUser;
        foreach (SessionId earliest in others.Take(Math.Max(0, beyond)))
            await GrainFactory.Session(earliest).Revoke(SessionEndReason.SessionLimit, Id);

        foreach (SessionId replaced in replaces)
            await GrainFactory.Session(replaced).Revoke(SessionEndReason.SignedInAgain, null);

        return new Admitted(user.Email!, grant);
    }

    private async Task TryPrune(UserState pruned)
    {
        try
        {
            await stored.Write(pruned, this);
        }
        catch (Exception e)
        {
            LogPruneFailed(e, Id.Value);
        }
    }

    private SessionSnapshot Snapshot(EndedSession ended) =>
        new(
            SessionId.Parse(ended.Id),
            Id,
            ended.Device,
            ended.CreatedAt,
            ended.LastSeenAt,
            ended.ExpiresAt,
            ended.EndedAt,
            ended.Reason,
            null,
            new([])
        );
}
