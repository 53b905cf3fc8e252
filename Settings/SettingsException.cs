namespace SessionAuth.Settings;

/// <summary>The process cannot start with a setting.</summary>
/// <param name="message">A sentence that says what to change. It never contains the value.</param>
public sealed class SettingsException(string message) : Exception(message);
