namespace SessionAuth.Bench.Revocations;

/// <summary>What revocations took in one round.</summary>
/// <param name="Answered">How long each waited for its answer.</param>
/// <param name="Silo">The processor time of the silo for each.</param>
/// <param name="Holder">The processor time of each holder that answers for each.</param>
internal sealed record RevocationRound(TimeSpan[] Answered, TimeSpan Silo, TimeSpan Holder);
