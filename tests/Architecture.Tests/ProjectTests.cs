using System.Reflection;
using NetArchTest.Rules;

namespace SessionAuth.Architecture.Tests;

/// <summary>The allowed dependencies between the projects.</summary>
public sealed class ProjectTests
{
    private const string Domain = "SessionAuth.Domain";
    private const string Interfaces = "SessionAuth.Grains.Interfaces";
    private const string Grains = "SessionAuth.Grains";
    private const string UseCases = "SessionAuth.UseCases";
    private const string Abstractions = "SessionAuth.Providers.Abstractions";
    private const string MongoDB = "SessionAuth.Providers.MongoDB";
    private const string Sqlite = "SessionAuth.Providers.Sqlite";
    private const string Settings = "SessionAuth.Settings";
    private const string Hosting = "SessionAuth.Hosting";
    private const string Clustering = "SessionAuth.Clustering";
    private const string Mail = "SessionAuth.Mail";
    private const string Silo = "SessionAuth.Silo";
    private const string Checks = "SessionAuth.Checks";
    private const string OpenId = "SessionAuth.OpenId";
    private const string Registry = "SessionAuth.Registry";
    private const string Cli = "SessionAuth.Cli";
    private const string Api = "SessionAuth.Api";
    private const string Ui = "SessionAuth.Ui";

    [Theory]
    [InlineData(Domain)]
    [InlineData(Interfaces, Domain)]
    [InlineData(Grains, Interfaces, Domain, Abstractions, Settings)]
    [InlineData(UseCases, Interfaces, Domain)]
    [InlineData(Checks, Interfaces, Domain, Settings)]
    [InlineData(Registry, Interfaces, Domain, Settings)]
    [InlineData(OpenId, Checks, Registry, Interfaces, Domain)]
    [InlineData(Abstractions)]
    [InlineData(MongoDB, Abstractions, Settings)]
    [InlineData(Sqlite, Abstractions, Settings)]
    [InlineData(Settings)]
    [InlineData(Hosting, Interfaces, Domain, Abstractions, Settings)]
    [InlineData(Clustering, Interfaces, Abstractions, Settings)]
    [InlineData(Mail, Interfaces, Domain, Grains, Settings, Abstractions)]
    [InlineData(
        Silo,
        Interfaces,
        Domain,
        Grains,
        Hosting,
        Clustering,
        Mail,
        Abstractions,
        MongoDB,
        Sqlite,
        Settings
    )]
    [InlineData(
        Cli,
        Interfaces,
        Domain,
        Settings,
        Hosting,
        Clustering,
        Abstractions,
        Silo,
        UseCases
    )]
    [InlineData(
        Api,
        Checks,
        OpenId,
        Registry,
        Cli,
        Interfaces,
        Domain,
        Settings,
        Hosting,
        Clustering,
        Mail,
        Abstractions,
        Silo,
        Ui,
        UseCases
    )]
    [InlineData(Ui)]
    public void Project_refers_only_to_its_allowed_dependencies(
        string project,
        params string[] allowed
    )
    {
        IEnumerable<string> referenced = Assembly
            .Load(project)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("SessionAuth.", StringComparison.Ordinal));

        Assert.Empty(referenced.Except(allowed));
    }

    [Theory]
    [InlineData(UseCases)]
    [InlineData(Checks)]
    [InlineData(Registry)]
    [InlineData(OpenId)]
    [InlineData(Abstractions)]
    [InlineData(MongoDB)]
    [InlineData(Sqlite)]
    [InlineData(Settings)]
    [InlineData(Hosting)]
    [InlineData(Clustering)]
    [InlineData(Mail)]
    [InlineData(Silo)]
    [InlineData(Cli)]
    public void Namespaces_of_a_project_have_no_cyclic_dependencies(string project) =>
        Assert.Null(NamespaceCycle.In(Assembly.Load(project)));

    [Theory]
    [InlineData(Interfaces)]
    [InlineData(Grains)]
    [InlineData(Abstractions)]
    [InlineData(Hosting)]
    [InlineData(Clustering)]
    [InlineData(Mail)]
    public void Only_a_provider_refers_to_its_database_driver(string project) =>
        Assert.DoesNotContain(
            Assembly.Load(project).GetReferencedAssemblies(),
            name =>
                name.Name!.StartsWith("MongoDB", StringComparison.Ordinal)
                || name.Name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
        );

    [Fact]
    public void Domain_refers_only_to_the_base_library_and_the_code_generators()
    {
        IEnumerable<string> referenced = Assembly
            .Load(Domain)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(referenced.Except(["Otp.NET"]));
    }

    [Fact]
    public void Domain_reads_no_clock()
    {
        IEnumerable<Type> found = Types
            .InAssembly(Assembly.Load(Domain))
            .That()
            .HaveDependencyOnAny(
                typeof(TimeProvider).FullName,
                typeof(Task).FullName,
                typeof(Timer).FullName,
                typeof(System.Diagnostics.Stopwatch).FullName
            )
            .GetTypes();

        Assert.Empty(found);
    }

    [Fact]
    public void Front_end_refers_to_the_silo_only_where_it_hosts_it()
    {
        IEnumerable<string> found = Types
            .InAssembly(Assembly.Load(Api))
            .That()
            .HaveDependencyOn(Silo)
            .GetTypes()
            .Select(type => type.Namespace ?? "")
            .Distinct();

        // The composition root.
        string[] allowed = ["", "SessionAuth.Api.Hosting"];
        Assert.Empty(found.Except(allowed));
    }

    [Fact]
    public void Grain_classes_are_sealed_and_internal()
    {
        IEnumerable<Type> grains = Types
            .InAssemblies([Assembly.Load(Grains), Assembly.Load(Mail)])
            .That()
            .Inherit(typeof(Orleans.Grain))
            .GetTypes();

        Assert.Equal(8, grains.Count());
        Assert.All(grains, grain => Assert.True(grain is { IsSealed: true, IsPublic: false }));
    }

    [Fact]
    public void Every_message_between_grains_has_an_alias()
    {
        IEnumerable<Type> messages = Assembly
            .Load(Interfaces)
            .GetTypes()
            .Where(type => type.Namespace?.StartsWith(Interfaces, StringComparison.Ordinal) is true)
            .Where(type =>
                type.GetCustomAttribute<Orleans.GenerateSerializerAttribute>() is not null
            );

        Assert.NotEmpty(messages);
        Assert.All(
            messages,
            message =>
                Assert.Single(message.GetCustomAttributes<Orleans.AliasAttribute>(inherit: false))
        );
    }
}
