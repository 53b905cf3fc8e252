using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>Something beside the password that an account can prove who is there with.</summary>
public interface ISecondFactor
{
    /// <summary>The method that a proof with it is recorded by (RFC 8176 calls it amr).</summary>
    AuthenticationMethod Method { get; }

    /// <summary>Whether it is a factor by itself: an account that must have two factors may have no other. A way around a lost one is none.</summary>
    bool IsFactor { get; }

    /// <summary>Whether a sign-in by password goes on only with it or with what stands in for it.</summary>
    bool IsAskedAfterPassword { get; }

    /// <summary>Whether it verifies its user by itself, and so is two factors in one.</summary>
    bool VerifiesItsUser { get; }

    /// <summary>Whether the account has it.</summary>
    bool IsOn(Account account);
}

/// <summary>A second factor whose proof is a code that somebody types.</summary>
public interface ICodeFactor : ISecondFactor
{
    /// <summary>Spends a code. It is spent once the account that this gives is durable.</summary>
    /// <returns>The account without the code; null when the code is not good.</returns>
    Account? Spend(Account account, Secret code, ClientDevice device, AccountContext context);
}
