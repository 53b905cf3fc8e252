namespace SessionAuth.UseCases.Throttling;

/// <summary>Turns the throttling of attempts and emails off.</summary>
/// <param name="IsOff">Whether it is off, which is for benchmarks only.</param>
public sealed record ThrottleSwitch(bool IsOff);
