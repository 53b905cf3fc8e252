using System.Text.Json;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Tests.Registry;

/// <summary>Where the entries of the registry come from.</summary>
public sealed class RegistryStateTests
{
    private static readonly Application s_shop = Application("shop");
    private static readonly Application s_wiki = Application("wiki");
    private static readonly RegisteredApplication s_called = new(
        ApplicationSource.Call,
        Application("called")
    );

    [Fact]
    public void File_replaces_the_entries_of_files_and_leaves_those_of_calls()
    {
        RegistryState before = new RegistryState { Applications = [s_called] }.WithFile([s_shop])!;

        RegistryState after = before.WithFile([s_wiki])!;

        Assert.Equal(
            [(ApplicationSource.File, "wiki"), (ApplicationSource.Call, "called")],
            after.Applications.Select(entry => (entry.Source, entry.Application.Id.Value))
        );
        Assert.Equal(
            ["shop", "called"],
            after.WhenFileIs([s_shop]).Select(application => application.Id.Value)
        );
    }

    [Fact]
    public void Entries_of_a_file_are_read_only() =>
        Assert.Equal(
            [true, false],
            new RegistryState { Applications = [s_called] }
                .WithFile([s_shop])!
                .Applications.Select(entry => entry.IsReadOnly())
        );

    [Fact]
    public void File_that_says_what_is_stored_changes_nothing()
    {
        RegistryState state = new RegistryState { Applications = [s_called] }.WithFile([
            s_shop,
            s_wiki,
        ])!;
        RegistryState read = JsonSerializer.Deserialize<RegistryState>(
            JsonSerializer.Serialize(state)
        )!;

        Assert.Null(read.WithFile([Application("shop"), s_wiki]));
        Assert.NotNull(read.WithFile([s_shop]));
        Assert.NotNull(read.WithFile([s_shop with { Scopes = ["openid"] }, s_wiki]));
        Assert.NotNull(read.WithFile([s_shop with { Name = "Other" }, s_wiki]));
    }

    private static Application Application(string id) =>
        new()
        {
            Id = ClientId.Parse(id),
            Name = id,
            Kind = ApplicationKind.Proxied,
            Origins = [$"https://{id}.example.com"],
        };
}
