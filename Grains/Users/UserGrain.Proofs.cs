using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>Second steps, step-up, and whether a session has proved enough for what it asks.</remarks>
internal sealed partial class UserGrain
{
    // Longer than the first step of a sign-in is good.
    private static readonly TimeSpan s_completedLoginIsKept = TimeSpan.FromMinutes(10);

    public async Task<UserAnswer> CompleteSignIn(SecondStep secondStep)
    {
        DateTimeOffset now = Now;
        SessionProof proof = ProvedBy(AuthenticationMethod.Password, secondStep.Code.Method);
        if (AlreadyDone(secondStep.Entrance.Operation) is { } done)
            return await AdmitAgain(done, secondStep.Entrance, proof);
        if (
            User is not { Totp: not null } user
            || user.Stamp != secondStep.Stamp
            || user.CompletedLogins.Any(completed => completed.Login == secondStep.Login)
        )
            return new SignInExpired();

        ClientDevice device = secondStep.Entrance.Device;
        if (Spend(user, secondStep.Code, device) is not { } spent)
        {
            Note(AccountEventKind.CodeFailed, device);
            return new Refused(secondStep.Code.Method);
        }

        UserState next = Happened(spent, AccountEventKind.SignedIn, device) with
        {
            CompletedLogins =
            [
                .. user.CompletedLogins.Where(completed =>
                    now - completed.At < s_completedLoginIsKept
                ),
                new(secondStep.Login, now),
            ],
        };
        return await Admit(next, secondStep.Entrance, proof);
    }

    public async Task<UserAnswer> StepUp(Asking asking, Password? password, SecondFactorCode? code)
    {
        if (User is not { } user || await Describe(asking) is null)
            return new SignedOut();
        if (AlreadyDone(asking.Operation) is not null)
            return await Prove(asking, StepUpMethods(user, code));
        if (password is not { } typed || (user.Totp is not null && code is null))
            return new StepUpRequired(Ways(user));

        bool? verified = await passwords.Verify(user.PasswordHash, typed, known: true);
        if (verified is null)
            return new Busy();
        if (verified is false)
        {
            Note(AccountEventKind.SignInFailed, asking.Device);
            return new Refused();
        }

        if (user.Totp is null || code is null)
            return await Proved(asking, user, StepUpMethods(user, code));

        if (Spend(user, code, asking.Device) is not { } spent)
        {
            Note(AccountEventKind.CodeFailed, asking.Device);
            return new Refused(code.Method);
        }

        return await Proved(asking, spent, StepUpMethods(user, code));
    }

    private static AuthenticationMethod[] StepUpMethods(UserState user, SecondFactorCode? code) =>
        user.Totp is null || code is null
            ? [AuthenticationMethod.Password]
            : [AuthenticationMethod.Password, code.Method];

    private async Task<UserAnswer> Proved(
        Asking asking,
        UserState user,
        params AuthenticationMethod[] methods
    )
    {
        await Write(
            Happened(user, AccountEventKind.SteppedUp, asking.Device)
                .WithFinished(asking.Operation, Now)
        );
        return await Prove(asking, methods);
    }

    private async Task<UserAnswer> Prove(Asking asking, IReadOnlyList<AuthenticationMethod> methods)
    {
        SessionGrant? grant = await GrainFactory
            .Session(asking.Session)
            .Prove(Id, ProvedBy([.. methods]));
        return grant is null ? new SignedOut() : new Done(grant);
    }

    /// <summary>The user without the code; null when it is not good. It is spent once that is durable.</summary>
    private UserState? Spend(UserState user, SecondFactorCode code, ClientDevice device)
    {
        if (code.Method == AuthenticationMethod.Totp)
        {
            return user.Totp is { } app && StepOf(app, code.Text) is { } step
                ? user with
                {
                    Totp = app with { LastStep = step },
                }
                : null;
        }

        return user.RecoveryCodes.Without(Id, code.Text) is { } left
            ? Happened(
                    user with
                    {
                        RecoveryCodes = left,
                    },
                    AccountEventKind.RecoveryCodeUsed,
                    device
                )
                .WithMail(
                    MailKind.RecoveryCodeUsed,
                    user.Email!,
                    Now,
                    device,
                    left.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )
            : null;
    }

    private long? StepOf(AuthenticatorApp app, Secret code)
    {
        if (secrets.Open(Id, TotpPurpose, app.Secret) is { } secret)
            return TotpCodes.Step(secret, code, Now, app.LastStep);

        LogSecretUnreadable(Id.Value);
        return null;
    }

    /// <summary>What keeps the session from doing something sensitive; null when it has proved enough.</summary>
    private StepUpRequired? NotProved(UserState user, SessionSnapshot session)
    {
        bool fresh = session.AuthenticatedAt is { } provedAt && Now - provedAt <= Rules.ProofAge;
        bool strong = !AsksTwoFactors(user) || IsTwoFactor(session.Proof.Methods);
        return fresh && strong ? null : new StepUpRequired(Ways(user));
    }

    /// <summary>The session that asks; null when it is not live, or not this user's.</summary>
    private async Task<SessionSnapshot?> Describe(Asking asking)
    {
        SessionSnapshot? session = await GrainFactory.Session(asking.Session).Describe();
        return session is { EndedAt: null } && session.User == Id ? session : null;
    }

    private bool AsksTwoFactors(UserState user) =>
        user.Totp is not null || (Rules.NeedsTwoFactors && user.Passkeys.Count > 0);

    private SessionProof ProvedBy(params AuthenticationMethod[] methods) =>
        new(methods, Restricted: Rules.NeedsTwoFactors && !IsTwoFactor(methods));

    private static bool IsTwoFactor(IReadOnlyList<AuthenticationMethod> methods) =>
        methods.Contains(AuthenticationMethod.Passkey) || methods.Count > 1;

    private static List<AuthenticationMethod> SecondFactors(UserState user)
    {
        List<AuthenticationMethod> methods = [AuthenticationMethod.Totp];
        if (user.RecoveryCodes.Count > 0)
            methods.Add(AuthenticationMethod.RecoveryCode);
        if (user.Passkeys.Count > 0)
            methods.Add(AuthenticationMethod.Passkey);
        return methods;
    }

    private List<IReadOnlyList<AuthenticationMethod>> Ways(UserState user)
    {
        List<IReadOnlyList<AuthenticationMethod>> ways = [];
        if (user.PasswordHash is not null && user.Totp is not null)
        {
            ways.Add([AuthenticationMethod.Password, AuthenticationMethod.Totp]);
            if (user.RecoveryCodes.Count > 0)
                ways.Add([AuthenticationMethod.Password, AuthenticationMethod.RecoveryCode]);
        }
        else if (user.PasswordHash is not null && !AsksTwoFactors(user))
        {
            ways.Add([AuthenticationMethod.Password]);
        }

        if (user.Passkeys.Count > 0)
            ways.Add([AuthenticationMethod.Passkey]);
        return ways;
    }
}
