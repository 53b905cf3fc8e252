namespace SessionAuth.Grains.Tests.Running;

/// <summary>A write of which nobody knows whether it succeeded.</summary>
[GenerateSerializer]
public sealed class NoAnswerException() : Exception("No answer came in time.");
