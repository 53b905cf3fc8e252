using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>Searching the file of passwords that have come out elsewhere.</summary>
public sealed class BreachedPasswordTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("\r\n", true, true)]
    [InlineData("\n", true, false)]
    [InlineData("\n", false, true)]
    [InlineData("\n", false, false)]
    public async Task Each_is_found_and_nothing_else(string lineEnd, bool counted, bool lastEnded)
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
    public async Task One_line_is_a_list()
    {
        Write(["breached"], "\n", counted: false, lastEnded: false);
        using BreachedPasswords list = Open(_path);

        Assert.True(await list.Contains("breached"));
        Assert.False(await list.Contains("another"));
    }

    [Fact]
    public async Task Without_a_file_none_has_come_out()
    {
        using BreachedPasswords list = Open(null);

        Assert.False(await list.Contains("breached"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password\n123456\n")]
    [InlineData("5BAA61E4C9B93F3F0682250B6CF8331B7EE68F\n")]
    public void What_is_no_such_list_is_said_to_be_none(string text)
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
        Justification = "It is what the file has."
    )]
    private static string Hash(string password) =>
        Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));

    private static BreachedPasswords Open(string? path) =>
        new(Options.Create(new PasswordOptions { BreachedFile = path }));
}
