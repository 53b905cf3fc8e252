namespace SessionAuth.Grains.Tests.Running;

/// <summary>The error of a failed write.</summary>
[GenerateSerializer]
public sealed class DiskFullException() : Exception("The disk is full.");
