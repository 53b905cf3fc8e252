namespace SessionAuth.Api.Tests.Running;

/// <summary>Test users. Each email is used once, so that tests do not affect each other.</summary>
public static class People
{
    public const string Password = "correct horse battery staple";

    private static int s_count;

    public static string NewEmail() =>
        $"person{Interlocked.Increment(ref s_count)}-{Guid.NewGuid():N}@example.org";
}
