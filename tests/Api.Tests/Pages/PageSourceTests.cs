using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Testing.Programs;
using SessionAuth.Ui.Assets;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Tests.Pages;

/// <summary>
/// In Development and under <c>dotnet watch</c>, and only there, changed pages are served without a build.
/// </summary>
public sealed partial class PageSourceTests : IDisposable
{
    private readonly string _directory = Copy(SourceFiles.BuiltFrom!);

    [Fact]
    public async Task Changed_script_is_served_at_a_new_path_in_Development()
    {
        await using PagesHost host = await PagesHost.Start(Environments.Development, _directory);
        Uri before = await host.Asset("clock.js");
        Assert.DoesNotContain("changed", await host.Read(before), StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(_directory, "assets/clock.js"), "// changed\n");

        Uri after = await host.Asset("clock.js");
        Assert.NotEqual(before, after);
        using HttpResponseMessage script = await host.Get(after);
        Assert.EndsWith(
            "// changed\n",
            await script.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.True(script.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(1));
        Assert.NotNull(script.Headers.ETag);
        using HttpResponseMessage old = await host.Get(before);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.False(old.Headers.CacheControl?.MaxAge > TimeSpan.Zero);
    }

    [Fact]
    public async Task Changed_markup_is_served_with_a_new_ETag_in_Development()
    {
        await using PagesHost host = await PagesHost.Start(Environments.Development, _directory);
        using HttpResponseMessage before = await host.Get(new("/login", UriKind.Relative));

        await Replace("templates/entry.html", "Sign in", "Come in");

        using HttpResponseMessage after = await host.Get(new("/login", UriKind.Relative));
        Assert.Contains(
            "Come in",
            await after.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.True(after.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Changed_script_is_served_under_dotnet_watch_in_Production()
    {
        await using PagesHost host = await PagesHost.Start(
            Environments.Production,
            _directory,
            isWatched: true
        );
        await host.Read(await host.Asset("clock.js"));

        await File.AppendAllTextAsync(Path.Combine(_directory, "assets/clock.js"), "// changed\n");

        Assert.EndsWith(
            "// changed\n",
            await host.Read(await host.Asset("clock.js")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pages_of_the_assembly_are_served_under_dotnet_watch_without_the_source_directory()
    {
        await using PagesHost host = await PagesHost.Start(
            Environments.Production,
            Path.Combine(_directory, "gone"),
            isWatched: true
        );
        await host.Read(await host.Asset("clock.js"));
    }

    [Fact]
    public async Task Lock_file_of_an_editor_is_not_served_in_Development()
    {
        await using PagesHost host = await PagesHost.Start(Environments.Development, _directory);
        Uri before = await host.Asset("clock.js");
        File.CreateSymbolicLink(Path.Combine(_directory, "assets/.#clock.js"), "nobody@nowhere:1");
        Assert.Equal(before, await host.Asset("clock.js"));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Changed_page_is_not_served_outside_of_Development(string environment)
    {
        await using PagesHost host = await PagesHost.Start(environment, _directory);
        Uri before = await host.Asset("clock.js");

        await File.AppendAllTextAsync(Path.Combine(_directory, "assets/clock.js"), "// changed\n");
        await Replace("templates/entry.html", "Sign in", "Come in");

        Assert.Equal(before, await host.Asset("clock.js"));
        Assert.DoesNotContain("changed", await host.Read(before), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Come in",
            await host.Read(new("/login", UriKind.Relative)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pages_of_the_assembly_are_served_in_Development_without_the_source_directory()
    {
        await using PagesHost host = await PagesHost.Start(
            Environments.Development,
            Path.Combine(_directory, "gone")
        );
        await host.Read(await host.Asset("clock.js"));
    }

    [Fact]
    public async Task Node_starts_in_Development_and_serves_its_pages()
    {
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        await using RunningProgram node = await NodeProgram.Start(
            _directory,
            new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = Environments.Development,
                ["DATA_DIR"] = Path.Combine(_directory, "data"),
            },
            "--urls",
            url
        );
        using HttpClient http = new();
        Assert.Contains(
            "/assets/",
            await http.GetStringAsync(new Uri(url + "/login")),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task Replace(string file, string text, string other)
    {
        string path = Path.Combine(_directory, file);
        string before = await File.ReadAllTextAsync(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, before.Replace(text, other, StringComparison.Ordinal));
    }

    private static string Copy(string directory)
    {
        string copy = Directory.CreateTempSubdirectory("pages-").FullName;
        foreach (
            string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        )
        {
            string to = Path.Combine(copy, Path.GetRelativePath(directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        return copy;
    }

    private sealed partial class PagesHost(WebApplication app) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = new(app.Urls.Single()) };

        public static async Task<PagesHost> Start(
            string environment,
            string directory,
            bool isWatched = false
        )
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder(
                new WebApplicationOptions { EnvironmentName = environment }
            );
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            WebApplication app = builder.Build();
            string? source = SourceFiles.Directory(app.Environment, isWatched, directory);
            new UiPages("", () => null, source).Map(app);
            await app.StartAsync();
            return new(app);
        }

        public Task<HttpResponseMessage> Get(Uri path) => _http.GetAsync(path);

        public Task<string> Read(Uri path) => _http.GetStringAsync(path);

        /// <summary>The path of an asset, as the page has it.</summary>
        public async Task<Uri> Asset(string name) =>
            new(
                $"{AssetsPath().Match(await Read(new("/login", UriKind.Relative))).Value}/{name}",
                UriKind.Relative
            );

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await app.DisposeAsync();
        }

        [GeneratedRegex("/assets/[0-9a-f]{16}")]
        private static partial Regex AssetsPath();
    }
}
