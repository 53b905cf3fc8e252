using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>
/// What follows from an operation, in this order: <see cref="Noted"/> is remembered, <see cref="Next"/> is stored, what
/// is listed in it to end is ended, and then tokens are renewed, a session is started or one is revoked. Nothing that
/// comes after a step happens when the step fails.
/// </summary>
/// <param name="before">The account that was decided on.</param>
public class Decision(Account before)
{
    /// <summary>The account as it is to be stored, in one write; null when nothing changes.</summary>
    public Account? Next { get; init; }

    /// <summary>
    /// A mail that is in <see cref="Next"/> and anybody can ask for: Next is stored only if the recipient's budget allows
    /// it. The result is the same either way. Null for a change that depends on no budget.
    /// </summary>
    public BudgetedMail? Budget { get; init; }

    /// <summary>What happened without a change. It is stored with the next change, or soon.</summary>
    public AccountEvent? Noted { get; init; }

    /// <summary>Whether what the account lists to end is ended before the answer.</summary>
    public Finishing Finishing { get; init; }

    /// <summary>The session that gets new tokens; null for none.</summary>
    public SessionRenewal? Renews { get; init; }

    /// <summary>The session that is started; null for none.</summary>
    public NewSession? Starts { get; init; }

    /// <summary>The session that is revoked last; null for none.</summary>
    public SessionRevocation? Revokes { get; init; }

    /// <summary>The sessions that this decision adds to those that are to end.</summary>
    public IReadOnlyList<EndingSession> Ends =>
        Next is null ? [] : [.. Next.Ending.Except(before.Ending)];

    /// <summary>The mails that this decision adds to those that are to be sent.</summary>
    public IReadOnlyList<WaitingMail> Mails =>
        Next is null ? [] : [.. Next.Outbox.Except(before.Outbox)];
}

/// <summary>What follows from an operation, and its result.</summary>
/// <typeparam name="TResult">What the operation can come to.</typeparam>
/// <param name="before">The account that was decided on.</param>
/// <param name="result">The result, by what came of the sessions that the decision touches.</param>
public sealed class Decision<TResult>(Account before, Func<SessionOutcome, TResult> result)
    : Decision(before)
{
    /// <summary>A result that depends on nothing that happens later.</summary>
    public Decision(Account before, TResult result)
        : this(before, _ => result) { }

    /// <summary>The result when everything is done.</summary>
    public TResult Result(SessionOutcome outcome) => result(outcome);
}

/// <summary>What came of the sessions that a decision touches.</summary>
/// <param name="Grant">The tokens of the session that was renewed or started; null when it is not live.</param>
/// <param name="WasFound">Whether the session to revoke exists.</param>
public sealed record SessionOutcome(SessionGrant? Grant = null, bool WasFound = false);

/// <summary>A mail that counts against its recipient's budget.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="To">The recipient.</param>
public sealed record BudgetedMail(MailKind Kind, string To);

/// <summary>A session that gets new tokens.</summary>
/// <param name="Session">The session.</param>
/// <param name="Proof">What its user has just proved who they are with; null to keep the proof that there is.</param>
/// <param name="MarksDevice">Whether its browser is to be told its device mark anew.</param>
public sealed record SessionRenewal(
    SessionId Session,
    SessionProof? Proof,
    bool MarksDevice = true
);

/// <summary>A session that is started, listed already.</summary>
/// <param name="Id">The session.</param>
/// <param name="Proof">What its user signed in with.</param>
/// <param name="SignIn">Where, and for how long.</param>
public sealed record NewSession(SessionId Id, SessionProof Proof, SignInContext SignIn);

/// <summary>A session that is revoked.</summary>
/// <param name="Session">The session.</param>
/// <param name="Reason">Why.</param>
public sealed record SessionRevocation(SessionId Session, SessionEndReason Reason);

/// <summary>Whether what an account lists to end is ended before an operation is answered.</summary>
public enum Finishing
{
    /// <summary>It is not: whoever listed it does that.</summary>
    Later,

    /// <summary>It is tried; what fails is tried again later.</summary>
    Attempted,

    /// <summary>All of it: the call fails when a session could not be ended.</summary>
    Required,
}
