using System.Security.Cryptography;
using OtpNet;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Accounts for tests and the arguments of their operations.</summary>
internal static class Given
{
    public const string Email = "ada@example.org";
    public const string OtherEmail = "ada@example.net";
    public const string Hash = "$argon2id$old";
    public const string NewHash = "$argon2id$new";

    public static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly ClientDevice Device = new("Firefox 140", "Linux", "192.0.2.1");
    public static readonly UserId Id = UserId.New(Now);
    public static readonly TestSecrets Secrets = new();
    public static readonly AuthenticationMethod[] ByPassword = [AuthenticationMethod.Password];
    public static readonly AuthenticationMethod[] ByCode =
    [
        AuthenticationMethod.Password,
        AuthenticationMethod.Totp,
    ];

    public static AccountContext Context(AccountRules? rules = null, TimeSpan after = default) =>
        new(Id, Now + after, rules ?? new(), Secrets, RandomNumberGenerator.GetBytes);

    public static SignInContext SignIn(OperationId? operation = null, DeviceMark? mark = null) =>
        new(Device, Persistent: true, Replaces: [], operation, mark);

    /// <summary>A newly registered account, which has one session.</summary>
    public static Account Registered(bool verified = true) =>
        Account.Unused.Register(Email, Hash, mayMail: !verified, SignIn(), Context()).Next! with
        {
            EmailVerifiedAt = verified ? Now : null,
        };

    /// <summary>An account with several sessions.</summary>
    public static Account WithSessions(int count, bool verified = true)
    {
        Account account = Registered(verified);
        while (account.Sessions.Count < count)
            account = account.SignIn(SignIn(), Context()).Next!;
        return account;
    }

    /// <summary>An account with an authenticator app, turned on an hour ago, and ten recovery codes.</summary>
    public static (Account Account, string Secret, IReadOnlyList<Secret> Codes) WithTotp(
        AccountRules? rules = null
    )
    {
        AccountContext before = Context(rules, TimeSpan.FromHours(-1));
        Account account = WithSessions(2);
        Caller caller = CallerOf(
            account,
            provedAgo: TimeSpan.FromHours(1),
            operation: OperationId.New()
        );
        AccountDecision<OfferOtpResult> offer = account.OfferOtp(
            AuthenticationMethod.Totp,
            caller,
            before
        );
        string secret = ((OfferOtpResult.Offered)offer.Result(new())).Secret.Text;
        AccountDecision<ConfirmOtpResult> on = offer.Next!.ConfirmOtp(
            AuthenticationMethod.Totp,
            caller,
            Code(secret, before.Now),
            before
        );
        return (on.Next!, secret, ((ConfirmOtpResult.Added)on.Result(new())).RecoveryCodes);
    }

    public static Account WithPasskeys(int count, Account? account = null)
    {
        account ??= Registered();
        return account with
        {
            Passkeys = [.. Enumerable.Range(0, count).Select(i => Passkey($"passkey-{i}"))],
        };
    }

    public static Passkey Passkey(string id) =>
        new(id, "Key", "", Now, LastUsedAt: null, SignCount: 0, [], false, false, "", "");

    public static PasskeyUse Use(
        Account account,
        string id = "passkey-0",
        string nonce = "nonce"
    ) => new(id, SignCount: 1, BackedUp: false, account.Stamp, Challenge(nonce));

    public static AnsweredChallenge Challenge(string nonce = "nonce") =>
        new(nonce, Now + TimeSpan.FromMinutes(5));

    public static Secret Code(string secret, DateTimeOffset at) =>
        new(new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(at.UtcDateTime));

    public static SecondFactorCode TotpCode(string secret, TimeSpan after = default) =>
        new(AuthenticationMethod.Totp, Code(secret, Now + after));

    /// <summary>The token of the last mailed link.</summary>
    public static Secret Link(Account account, MailKind kind)
    {
        MailedLink link = account.Links.Last(known => known.Kind == kind);
        return TestSecrets.LinkToken(Id, kind, link.Email, link.Nonce);
    }

    /// <summary>The account's first session, authenticated a minute ago.</summary>
    public static Caller CallerOf(
        Account account,
        IReadOnlyList<AuthenticationMethod>? methods = null,
        TimeSpan? provedAgo = null,
        OperationId? operation = null,
        bool isLive = true
    )
    {
        SessionId session = SessionId.Parse(account.Sessions[0].Id);
        return new(
            session,
            Device,
            operation,
            isLive
                ? new(
                    session,
                    Id,
                    Device,
                    Now,
                    Now,
                    Now + TimeSpan.FromDays(30),
                    EndedAt: null,
                    EndReason: null,
                    AuthenticatedAt: Now - (provedAgo ?? TimeSpan.FromMinutes(1)),
                    new SessionProof(methods ?? ByPassword),
                    Applications: []
                )
                : null
        );
    }

    public static SessionTokens Tokens(Account account) =>
        new(SessionId.Parse(account.Sessions[0].Id), Id, 2, Now + TimeSpan.FromDays(30), true);
}
