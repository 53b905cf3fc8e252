using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>A factor other than the password that a user can authenticate with.</summary>
public interface ISecondFactor
{
    /// <summary>The authentication method that its use is recorded as (<c>amr</c>, RFC 8176).</summary>
    AuthenticationMethod Method { get; }

    /// <summary>
    /// Whether it satisfies the requirement for a second factor. False for a substitute for a lost factor, such as
    /// recovery codes.
    /// </summary>
    bool IsFactor { get; }

    /// <summary>Whether a sign-in by password requires it, or a substitute for it, as the second step.</summary>
    bool IsAskedAfterPassword { get; }

    /// <summary>Whether its authenticator verifies the user, so that it counts as two factors.</summary>
    bool VerifiesItsUser { get; }

    /// <summary>Whether the account has it.</summary>
    bool IsOn(Account account);
}

/// <summary>A second factor that is used by entering a code.</summary>
public interface ICodeFactor : ISecondFactor
{
    /// <summary>
    /// Uses a code, which is accepted once (replay). It counts as used once the returned account is stored.
    /// </summary>
    /// <returns>The account after the use; null if the code is wrong or was used before.</returns>
    Account? Spend(Account account, Secret code, ClientDevice device, AccountContext context);
}
