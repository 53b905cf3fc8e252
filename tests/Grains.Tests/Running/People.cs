using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>Users and sessions for tests, each with ids of its own, so that tests are independent.</summary>
public static class People
{
    public static readonly Password Password = new("correct horse battery staple");

    public static readonly ClientDevice Device = new("Firefox 140", "Linux", "192.0.2.1");

    public static readonly SessionProof Proof = new([AuthenticationMethod.Password]);

    public static string NewEmail() => $"person-{Guid.NewGuid():N}@example.org";

    public static UserId NewUser() => UserId.New(TimeProvider.System.GetUtcNow());

    public static Registration Registration(
        string email,
        Password? password = null,
        UserId? insteadOf = null
    ) => new(email, password ?? Password, new(Device, Persistent: true, Replaces: []), insteadOf);

    public static SignIn SignIn(Password? password = null, SessionId? replaces = null) =>
        new(password ?? Password, new(Device, Persistent: true, replaces is { } old ? [old] : []));

    /// <summary>A user of another system, with <see cref="Password"/> hashed by bcryptjs.</summary>
    public static ImportedUser Imported(
        string? email = null,
        bool verified = false,
        string hash = "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m",
        string? totp = null
    ) =>
        new(
            email ?? NewEmail(),
            verified,
            new Secret(hash),
            totp is null ? null : new Secret(totp),
            InsteadOf: null
        );

    /// <summary>Registers a user.</summary>
    public static async Task<(IUserGrain User, SessionTokens Tokens)> Register(
        this RunningSilo silo,
        string? email = null
    )
    {
        IUserGrain user = silo.Grains.User(NewUser());
        RegisterResult entry = await user.Register(Registration(email ?? NewEmail()));
        return (user, Assert.IsType<RegisterResult.SignedIn>(entry).Tokens);
    }

    /// <summary>Starts a session that is in no user's list.</summary>
    public static async Task<(ISessionGrain Session, SessionTokens Tokens)> StartSession(
        this RunningSilo silo,
        bool persistent = true
    )
    {
        ISessionGrain session = silo.Grains.Session(SessionId.New());
        return (
            session,
            await session.Start(new SessionStart(NewUser(), Device, persistent, Proof))
        );
    }

    /// <summary>The tokens of a refresh; null when it gets none.</summary>
    public static async Task<SessionTokens?> Refresh(this ISessionGrain session, long generation) =>
        (await session.Refresh(generation, "192.0.2.7", CancellationToken.None)).Tokens;

    public static async Task<SessionTokens> SignsIn(
        this IUserGrain user,
        SessionId? replaces = null
    )
    {
        SignInResult entry = await user.SignIn(SignIn(replaces: replaces));
        return Assert.IsType<SignInResult.SignedIn>(entry).Tokens;
    }

    /// <summary>The standing of a session for its newest access token.</summary>
    public static async Task<SessionStanding> Check(
        this ISessionGrain session,
        SessionTokens tokens
    ) => await session.Check(tokens.User, tokens.Generation);
}
