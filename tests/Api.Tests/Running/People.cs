namespace SessionAuth.Api.Tests.Running;

/// <summary>People for tests: each call another one, so that tests do not meet.</summary>
public static class People
{
    public const string Password = "correct horse battery staple";

    private static int s_count;

    public static string NewAddress() =>
        $"person{Interlocked.Increment(ref s_count)}-{Guid.NewGuid():N}@example.org";
}
