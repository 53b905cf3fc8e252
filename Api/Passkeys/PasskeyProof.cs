using System.Diagnostics;

namespace SessionAuth.Api.Passkeys;

/// <summary>The result of verifying a WebAuthn assertion.</summary>
/// <typeparam name="TResult">The result type of the account's grain.</typeparam>
internal abstract record PasskeyProof<TResult>
{
    private PasskeyProof() { }

    /// <summary>The assertion was verified, and the account's grain has returned a result.</summary>
    public sealed record Answered(TResult Result) : PasskeyProof<TResult>;

    /// <summary>The assertion is invalid, for any reason.</summary>
    public sealed record Refused : PasskeyProof<TResult>;

    /// <summary>The assertion is valid, but the backup eligibility differs from the registration.</summary>
    public sealed record BackupEligibilityChanged : PasskeyProof<TResult>;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Answered, T> answered,
        Func<Refused, T> refused,
        Func<BackupEligibilityChanged, T> backupEligibilityChanged
    ) =>
        this switch
        {
            Answered proof => answered(proof),
            Refused proof => refused(proof),
            BackupEligibilityChanged proof => backupEligibilityChanged(proof),
            _ => throw new UnreachableException(),
        };
}
