using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>
/// The outcome of an operation, to carry out in this order: record <see cref="Noted"/>, store <see cref="Next"/>,
/// finish the work that it lists, then renew tokens, start a session or revoke one. If a step fails, the following ones
/// are skipped.
/// </summary>
/// <param name="before">The account before the operation.</param>
public class AccountDecision(Account before)
{
    /// <summary>The account to store, in one write; null when nothing changes.</summary>
    public Account? Next { get; init; }

    /// <summary>
    /// An email in <see cref="Next"/> that anyone can request: <see cref="Next"/> is stored only if the recipient's
    /// rate limit allows it. The result is the same either way. Null if there is no limit.
    /// </summary>
    public BudgetedMail? Budget { get; init; }

    /// <summary>An event without a change of the account. It is stored with the next change, or write-behind.</summary>
    public AccountEvent? Noted { get; init; }

    /// <summary>Whether the listed work is finished before the call is answered.</summary>
    public Finishing Finishing { get; init; }

    /// <summary>The session that gets new tokens; null if none.</summary>
    public SessionRenewal? Renews { get; init; }

    /// <summary>The session to start; null if none.</summary>
    public NewSession? Starts { get; init; }

    /// <summary>The session to revoke last; null if none.</summary>
    public SessionRevocation? Revokes { get; init; }

    /// <summary>The sessions to end that this decision adds.</summary>
    public IReadOnlyList<EndingSession> Ends =>
        Next is null ? [] : [.. Next.Ending.Except(before.Ending)];

    /// <summary>The emails to send that this decision adds.</summary>
    public IReadOnlyList<WaitingMail> Mails =>
        Next is null ? [] : [.. Next.Outbox.Except(before.Outbox)];
}

/// <summary>The outcome of an operation, with its result.</summary>
/// <typeparam name="TResult">The result type of the operation.</typeparam>
/// <param name="before">The account before the operation.</param>
/// <param name="result">Creates the result from the outcome of the session calls.</param>
public sealed class AccountDecision<TResult>(Account before, Func<SessionOutcome, TResult> result)
    : AccountDecision(before)
{
    /// <summary>Creates a decision whose result does not depend on session calls.</summary>
    public AccountDecision(Account before, TResult result)
        : this(before, _ => result) { }

    /// <summary>The result, once everything is done.</summary>
    public TResult Result(SessionOutcome outcome) => result(outcome);
}

/// <summary>The outcome of the session calls of a decision.</summary>
/// <param name="Tokens">
/// What the tokens of the renewed or started session are issued from; null if it is not live.
/// </param>
/// <param name="WasFound">Whether the session to revoke was found.</param>
public sealed record SessionOutcome(SessionTokens? Tokens = null, bool WasFound = false);

/// <summary>An email that counts against the recipient's rate limit.</summary>
/// <param name="Kind">The kind of email.</param>
/// <param name="To">The recipient.</param>
public sealed record BudgetedMail(MailKind Kind, string To);

/// <summary>A renewal of a session's tokens.</summary>
/// <param name="Session">The session id.</param>
/// <param name="Proof">How the user has just authenticated; null to keep the present proof.</param>
/// <param name="MarksDevice">Whether to set the device mark in the browser again.</param>
public sealed record SessionRenewal(
    SessionId Session,
    SessionProof? Proof,
    bool MarksDevice = true
);

/// <summary>A session to start, which is listed in the account already.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Proof">How the user authenticated.</param>
/// <param name="SignIn">The device and lifetime of the session.</param>
public sealed record NewSession(SessionId Id, SessionProof Proof, SignInContext SignIn);

/// <summary>A revocation of a session.</summary>
/// <param name="Session">The session id.</param>
/// <param name="Reason">Why the session is revoked.</param>
public sealed record SessionRevocation(SessionId Session, SessionEndReason Reason);

/// <summary>Whether the work that an account lists is finished before an operation is answered.</summary>
public enum Finishing
{
    /// <summary>Not before the answer: the operation that listed the work finishes it.</summary>
    Later,

    /// <summary>Attempted before the answer. What fails is retried later.</summary>
    Attempted,

    /// <summary>Required before the answer: the call fails if a session could not be ended.</summary>
    Required,
}
