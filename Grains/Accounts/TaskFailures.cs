namespace SessionAuth.Grains.Accounts;

/// <summary>Exceptions as values, for concurrent calls whose failures are independent.</summary>
internal static class TaskFailures
{
    /// <summary>The exception that the call failed with; null when it succeeded.</summary>
    public static async Task<Exception?> Failure(this Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
