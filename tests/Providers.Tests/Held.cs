using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Providers.Tests;

/// <summary>What a grain holds of its document.</summary>
public sealed class Held(Document state) : IGrainState<Document>
{
    [AllowNull]
    public Document State
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = state;

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
