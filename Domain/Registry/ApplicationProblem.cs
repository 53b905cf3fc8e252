using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Registry;

/// <summary>What is wrong with the entry of an application.</summary>
/// <param name="Application">The entry; null when it is about all of them.</param>
/// <param name="Member">The member, as it is named in JSON.</param>
/// <param name="Rule">The rule that it breaks, as the end of a sentence. It contains no value.</param>
public sealed record ApplicationProblem(ClientId? Application, string Member, string Rule)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Application is { } id ? $"{id}: {Member} {Rule}." : $"{Member} {Rule}.";
}
