namespace SessionAuth.Settings;

/// <summary>A setting that the process cannot start with.</summary>
/// <param name="message">What to change, as a sentence that never contains the value.</param>
public sealed class SettingsException(string message) : Exception(message);
