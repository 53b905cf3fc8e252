namespace SessionAuth.Registry.Files;

/// <summary>Reads the bytes of the file of applications.</summary>
internal static class AppsFileBytes
{
    // More than all entries of a large organization; less than a document of storage may have.
    private const int Most = 1024 * 1024;

    /// <summary>The bytes, or why there are none.</summary>
    /// <remarks>
    /// The path is followed anew each time: in Kubernetes it is a link, which is replaced together with the directory that
    /// it leads to.
    /// </remarks>
    public static (byte[]? Content, string? Problem) Read(string path)
    {
        try
        {
            using FileStream file = new(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            byte[] content = new byte[Most + 1];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length > Most
                ? (null, $"The file must not have more than {Most / 1024} KiB.")
                : (content[..length], null);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            return (
                null,
                e is FileNotFoundException or DirectoryNotFoundException
                    ? "The file does not exist."
                    : "The file cannot be read."
            );
        }
    }
}
