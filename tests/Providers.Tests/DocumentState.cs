using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Providers.Tests;

/// <summary>The state and etag that a grain has in memory.</summary>
public sealed class DocumentState(Document state) : IGrainState<Document>
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
