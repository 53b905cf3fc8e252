using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>Searches in the file of breached passwords.</summary>
public sealed class BreachedPasswordTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("\r\n", true, true)]
    [InlineData("\n", true, false)]
    [InlineData("\n", false, true)]
    [InlineData("\n", false, false)]
    public async Task Breached_passwords_are_found_and_others_are_not(
        string lineEnd,
        bool counted,
        bool lastEnded
    )
    {
        string[] breached = [.. Enumerable.Range(0, 1000).Select(i => $"breached {i}")];
        Write(breached, lineEnd, counted, lastEnded);
        using BreachedPasswords list = Open(_path);

        Assert.Null(BreachedPasswords.Problem(_path));
        foreach (string password in breached)
            Assert.True(await list.Contains(password), password);
        for (int i = 0; i < 1000; i++)
            Assert.False(await list.Contains($"another {i}"));
    }

    [Fact]
    public async Task List_with_one_line_is_searched()
    {
        Write(["breached"], "\n", counted: false, lastEnded: false);
        using BreachedPasswords list = Open(_path);

        Assert.True(await list.Contains("breached"));
        Assert.False(await list.Contains("another"));
    }

    [Fact]
    public async Task No_password_counts_as_breached_without_a_file()
    {
        using BreachedPasswords list = Open(null);

        Assert.False(await list.Contains("breached"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password\n123456\n")]
    [InlineData("5BAA61E4C9B93F3F0682250B6CF8331B7EE68F\n")]
    public void Malformed_list_is_reported(string text)
    {
        File.WriteAllText(_path, text);

        Assert.NotNull(BreachedPasswords.Problem(_path));
    }

    private void Write(string[] passwords, string lineEnd, bool counted, bool lastEnded)
    {
        string[] lines =
        [
            .. passwords
                .Select(Hash)
                .Order(StringComparer.Ordinal)
                .Select((hash, i) => counted ? $"{hash}:{i * i * i * i}" : hash),
        ];
        File.WriteAllText(_path, string.Join(lineEnd, lines) + (lastEnded ? lineEnd : ""));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security",
        "CA5350",
        Justification = "The file format has SHA-1 hashes."
    )]
    private static string Hash(string password) =>
        Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));

    private static BreachedPasswords Open(string? path) =>
        new(Options.Create(new PasswordOptions { BreachedFile = path }));
}
