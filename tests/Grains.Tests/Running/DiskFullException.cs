namespace SessionAuth.Grains.Tests.Running;

/// <summary>A write that did not succeed.</summary>
[GenerateSerializer]
public sealed class DiskFullException() : Exception("The disk is full.");
