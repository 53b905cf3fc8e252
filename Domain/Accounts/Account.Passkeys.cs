using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Passkeys: adding, removing, and signing in.</remarks>
public sealed partial record Account
{
    /// <summary>
    /// Whether this session may add a passkey now. As with an authenticator app, the email must be verified.
    /// </summary>
    public MayAddPasskeyResult MayAddPasskey(Caller caller, AccountContext context)
    {
        if (IsSignedOut(caller))
            return new MayAddPasskeyResult.SignedOut();
        if (!context.Rules.AllowsSecondFactors)
            return new MayAddPasskeyResult.NotAllowed();
        if (Passkeys.Count >= context.Rules.MaxPasskeys)
            return new MayAddPasskeyResult.LimitReached();
        if (!IsVerified)
            return new MayAddPasskeyResult.EmailNotVerified();
        return MissingProof(caller, context) is { } accepts
            ? new MayAddPasskeyResult.StepUpRequired(accepts)
            : new MayAddPasskeyResult.Allowed();
    }

    /// <summary>Adds a passkey, and ends all other sessions.</summary>
    /// <param name="caller">The session that makes the request.</param>
    /// <param name="passkey">The new passkey.</param>
    /// <param name="challenge">The challenge that it was created with.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<AddPasskeyResult> AddPasskey(
        Caller caller,
        Passkey passkey,
        AnsweredChallenge challenge,
        AccountContext context
    )
    {
        // A user who signed in with one factor and has just used a new authenticator has used two.
        SessionProof? proof = context.Rules.NeedsTwoFactors
            ? StepUpPolicy.ProofOf([AuthenticationMethod.Passkey], context.Rules)
            : null;
        if (FinishedBy(caller.Operation) is not null)
            return Again<AddPasskeyResult>(
                caller,
                tokens => new AddPasskeyResult.Added(tokens),
                proof
            );

        return MayAddPasskey(caller, context)
            .Match<AccountDecision<AddPasskeyResult>>(
                allowed => AddAllowed(caller, passkey, challenge, proof, context),
                notVerified => new(this, new AddPasskeyResult.EmailNotVerified()),
                missing => new(this, new AddPasskeyResult.StepUpRequired(missing.Accepts)),
                limitReached => new(this, new AddPasskeyResult.LimitReached()),
                notAllowed => new(this, new AddPasskeyResult.NotAllowed()),
                signedOut => new(this, new AddPasskeyResult.SignedOut())
            );
    }

    /// <summary>Removes a passkey, and ends all other sessions.</summary>
    public AccountDecision<RemovePasskeyResult> RemovePasskey(
        Caller caller,
        string id,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return Again<RemovePasskeyResult>(
                caller,
                tokens => new RemovePasskeyResult.Removed(tokens)
            );
        if (IsSignedOut(caller))
            return new(this, new RemovePasskeyResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new RemovePasskeyResult.StepUpRequired(accepts));
        if (Passkeys.FirstOrDefault(known => known.Id == id) is not { } passkey)
            return new(this, new RemovePasskeyResult.NotFound());

        Account without = this with { Passkeys = [.. Passkeys.Where(known => known.Id != id)] };
        if (SecondFactorSet.WouldRemoveLast(without, context.Rules))
            return new(this, new RemovePasskeyResult.LastFactor());

        return WithNewSecrets<RemovePasskeyResult>(
            without
                .Recording(AccountEventKind.PasskeyRemoved, context, caller.Device, passkey.Name)
                .WithMail(MailKind.PasskeyRemoved, Email!, context, caller.Device, passkey.Name),
            SessionEndReason.FactorChanged,
            caller,
            tokens => new RemovePasskeyResult.Removed(tokens),
            context
        );
    }

    /// <summary>Signs in with a passkey.</summary>
    public AccountDecision<SignInWithPasskeyResult> SignInWithPasskey(
        PasskeyUse use,
        SignInContext signIn,
        AccountContext context
    )
    {
        SessionProof proof = StepUpPolicy.ProofOf([AuthenticationMethod.Passkey], context.Rules);
        if (FinishedBy(signIn.Operation) is { } done)
            return StartSessionAgain<SignInWithPasskeyResult>(
                done,
                signIn,
                proof,
                tokens => new SignInWithPasskeyResult.SignedIn(Email!, tokens),
                new SignInWithPasskeyResult.Expired()
            );
        if (Email is null || PasskeyFactor.Use(this, use, context) is not { } used)
            return new(this, new SignInWithPasskeyResult.Refused());
        if (Stamp != use.Stamp)
            return new(this, new SignInWithPasskeyResult.Expired());
        if (MustVerifyEmail(context))
            return RequireVerification<SignInWithPasskeyResult>(
                new SignInWithPasskeyResult.EmailNotVerified(!context.Rules.RegistrationIsPrivate),
                signIn.Device,
                context
            );

        return StartSession<SignInWithPasskeyResult>(
            used.Recording(AccountEventKind.SignedIn, context, signIn.Device),
            signIn,
            proof,
            tokens => new SignInWithPasskeyResult.SignedIn(Email, tokens),
            context
        );
    }

    private AccountDecision<AddPasskeyResult> AddAllowed(
        Caller caller,
        Passkey passkey,
        AnsweredChallenge challenge,
        SessionProof? proof,
        AccountContext context
    )
    {
        if (
            Passkeys.Any(known => known.Id == passkey.Id)
            || PasskeyFactor.Spend(this, challenge, context) is not { } spent
        )
            return new(this, new AddPasskeyResult.AlreadyKnown());

        Account next = spent.Recording(
            AccountEventKind.PasskeyAdded,
            context,
            caller.Device,
            passkey.Name
        ) with
        {
            Passkeys = [.. Passkeys, passkey],
        };
        return WithNewSecrets<AddPasskeyResult>(
            next.WithMail(MailKind.PasskeyAdded, Email!, context, caller.Device, passkey.Name),
            SessionEndReason.FactorChanged,
            caller,
            tokens => new AddPasskeyResult.Added(tokens),
            context,
            proof
        );
    }
}
