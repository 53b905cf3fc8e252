namespace SessionAuth.Silo.Hosting;

/// <summary>A setting that the node cannot start with.</summary>
/// <param name="message">A sentence that says what to do. Never the value.</param>
public sealed class SettingsException(string message) : Exception(message);
