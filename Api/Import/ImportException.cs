namespace SessionAuth.Api.Import;

/// <summary>The import cannot go on.</summary>
/// <param name="message">A sentence for the person who runs it. Never an address, a hash or a secret.</param>
internal sealed class ImportException(string message) : Exception(message);
