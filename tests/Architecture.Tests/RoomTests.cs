using System.Reflection;
using NetArchTest.Rules;

namespace SessionAuth.Architecture.Tests;

/// <summary>The arrows between the rooms.</summary>
public sealed class RoomTests
{
    private const string Domain = "SessionAuth.Domain";
    private const string Interfaces = "SessionAuth.Grains.Interfaces";
    private const string Grains = "SessionAuth.Grains";
    private const string Abstractions = "SessionAuth.Providers.Abstractions";
    private const string MongoDB = "SessionAuth.Providers.MongoDB";
    private const string Sqlite = "SessionAuth.Providers.Sqlite";
    private const string Settings = "SessionAuth.Settings";
    private const string Hosting = "SessionAuth.Hosting";
    private const string Clustering = "SessionAuth.Clustering";
    private const string Mail = "SessionAuth.Mail";
    private const string Silo = "SessionAuth.Silo";
    private const string Api = "SessionAuth.Api";
    private const string Ui = "SessionAuth.Ui";

    [Theory]
    [InlineData(Domain)]
    [InlineData(Interfaces, Domain)]
    [InlineData(Grains, Interfaces, Domain, Abstractions)]
    [InlineData(Abstractions)]
    [InlineData(MongoDB, Abstractions)]
    [InlineData(Sqlite, Abstractions)]
    [InlineData(Settings)]
    [InlineData(Hosting, Interfaces, Domain, Abstractions, Settings)]
    [InlineData(Clustering, Interfaces, Abstractions)]
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
    [InlineData(Api, Interfaces, Domain, Settings, Hosting, Mail, Abstractions, Silo, Ui)]
    [InlineData(Ui)]
    public void A_room_refers_to_those_that_it_may_depend_on(string room, params string[] allowed)
    {
        IEnumerable<string> referenced = Assembly
            .Load(room)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("SessionAuth.", StringComparison.Ordinal));

        Assert.Empty(referenced.Except(allowed));
    }

    [Theory]
    [InlineData(Abstractions)]
    [InlineData(MongoDB)]
    [InlineData(Sqlite)]
    [InlineData(Settings)]
    [InlineData(Hosting)]
    [InlineData(Clustering)]
    [InlineData(Mail)]
    [InlineData(Silo)]
    public void The_namespaces_of_a_room_depend_on_each_other_in_one_direction(string room) =>
        Assert.Null(NamespaceCycle.In(Assembly.Load(room)));

    [Theory]
    [InlineData(Interfaces)]
    [InlineData(Grains)]
    [InlineData(Abstractions)]
    [InlineData(Hosting)]
    [InlineData(Clustering)]
    [InlineData(Mail)]
    public void Only_a_provider_knows_its_database(string room) =>
        Assert.DoesNotContain(
            Assembly.Load(room).GetReferencedAssemblies(),
            name =>
                name.Name!.StartsWith("MongoDB", StringComparison.Ordinal)
                || name.Name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
        );

    [Fact]
    public void The_domain_refers_to_the_runtimes_own_library_and_to_what_computes_codes()
    {
        IEnumerable<string> referenced = Assembly
            .Load(Domain)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(referenced.Except(["Otp.NET"]));
    }

    [Fact]
    public void The_domain_takes_time_as_a_value()
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
    public void The_api_meets_the_silo_only_where_it_hosts_it()
    {
        IEnumerable<string> found = Types
            .InAssembly(Assembly.Load(Api))
            .That()
            .HaveDependencyOn(Silo)
            .GetTypes()
            .Select(type => type.Namespace ?? "")
            .Distinct();

        // The program's own start, its other command, and the settings, whose problems stop a start in the same way.
        string[] allowed =
        [
            "",
            "SessionAuth.Api.Hosting",
            "SessionAuth.Api.Import",
            "SessionAuth.Api.Settings",
        ];
        Assert.Empty(found.Except(allowed));
    }

    [Fact]
    public void Grain_classes_are_sealed_and_no_part_of_the_public_surface()
    {
        IEnumerable<Type> grains = Types
            .InAssemblies([Assembly.Load(Grains), Assembly.Load(Mail)])
            .That()
            .Inherit(typeof(Orleans.Grain))
            .GetTypes();

        Assert.Equal(7, grains.Count());
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
