namespace SessionAuth.Cli.Import;

/// <summary>The import cannot continue.</summary>
/// <param name="message">A sentence for the operator. It never contains an email, a hash or a secret.</param>
internal sealed class ImportException(string message) : Exception(message);
