using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Accounts;

/// <summary>Makes the account's decisions, one turn at a time, and carries them out.</summary>
internal sealed class AccountDecisions(
    AccountWriter writer,
    AccountSessions sessions,
    TimeProvider clock
)
{
    // Another round is needed when the account's secrets changed while a password was verified.
    private const int MaxRounds = 3;

    private readonly AccountTurn _turn = new(clock);

    /// <summary>Makes a decision that needs no session.</summary>
    public Task<TResult> Decide<TResult>(
        Func<Account, AccountContext, AccountDecision<TResult>> decide
    ) => _turn.Run(() => writer.Commit(decide(writer.Current, writer.Context)));

    /// <summary>Makes a decision for a caller, whose session is read first.</summary>
    public Task<TResult> Decide<TResult>(
        CallerContext caller,
        Func<Account, Caller, AccountContext, AccountDecision<TResult>> decide
    ) =>
        _turn.Run(async () =>
        {
            Caller found = await Find(caller);
            return await writer.Commit(decide(writer.Current, found, writer.Context));
        });

    /// <summary>Makes a decision without a result.</summary>
    public Task Carry(Func<Account, AccountContext, AccountDecision> decide) =>
        InTurn(() => writer.Apply(decide(writer.Current, writer.Context)));

    /// <summary>
    /// Makes a decision that may need a password check. The check runs outside of any turn, so that other calls do not
    /// wait for it, and only when nothing else refuses the request, so that forged links cost no hash.
    /// </summary>
    /// <param name="decide">
    /// Decides with the result of the check, if there was one; null when it needs the check.
    /// </param>
    /// <param name="check">Checks the password.</param>
    /// <param name="busy">The result when the hashing is overloaded.</param>
    /// <param name="refused">The result for a new password that the policy refuses; null where none is chosen.</param>
    public async Task<TResult> WithPassword<TResult>(
        Func<PasswordTicket?, Task<AccountDecision<TResult>?>> decide,
        Func<Account, Task<PasswordCheck>> check,
        TResult busy,
        Func<PasswordViolation, TResult>? refused = null
    )
        where TResult : class
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            PasswordTicket? ticket = null;
            if (await decide(null) is null)
            {
                TResult? answer = (await check(writer.Current)).Match<TResult?>(
                    passed =>
                    {
                        ticket = passed.Ticket;
                        return null;
                    },
                    weak => refused!(weak.Violation),
                    overloaded => busy
                );
                if (answer is not null)
                    return answer;
            }

            TResult? result = await _turn.Run(async () =>
                await decide(ticket) is { } decision ? await writer.Commit(decision) : null
            );
            if (result is not null)
                return result;
        }

        return busy;
    }

    /// <summary>Runs work in one turn.</summary>
    public Task<T> InTurn<T>(Func<Task<T>> work) => _turn.Run(work);

    /// <summary>Runs work without a result in one turn.</summary>
    public Task InTurn(Func<Task> work) =>
        _turn.Run(async () =>
        {
            await work();
            return true;
        });

    /// <summary>The caller, with the current state of its session.</summary>
    public async Task<Caller> Find(CallerContext caller) =>
        new(
            caller.Session,
            caller.Device,
            caller.Operation,
            writer.Current.Email is null ? null : await sessions.Live(caller.Session)
        );
}
