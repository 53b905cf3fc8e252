using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace SessionAuth.Architecture.Tests;

/// <summary>
/// Messages between nodes of different versions. Orleans' analyzer compares the calls with <c>OrleansContracts.txt</c>;
/// these tests compare the members of the messages and the aliases of the interfaces.
/// </summary>
public sealed class MessageTests
{
    private static readonly Assembly[] s_assemblies =
    [
        Assembly.Load("SessionAuth.Grains.Interfaces"),
        Assembly.Load("SessionAuth.Clustering"),
        Assembly.Load("SessionAuth.Providers.Abstractions"),
    ];

    [Fact]
    public void Messages_between_nodes_are_as_recorded_in_Messages_txt()
    {
        string written = Path.Combine(
            Repository.Root,
            "tests",
            "Architecture.Tests",
            "Messages.txt"
        );
        string found = Path.Combine(AppContext.BaseDirectory, "Messages.txt");
        string now = Describe();
        File.WriteAllText(found, now);

        string recorded = File.ReadAllText(written);
        Assert.True(
            recorded == now,
            $"""
            {Difference(Lines(recorded), Lines(now))}
            Nodes of two versions serve one cluster during an upgrade. A new line (+) is safe, but not in a result
            (…-result.…), and older nodes do not know a new value of an enum. A changed or removed line (-) is not safe.
            If the difference is intended: cp {found} {written}
            """
        );
    }

    private static string Difference(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        IEnumerable<string> added = after.Except(before).Select(line => $"+ {line}");
        IEnumerable<string> removed = before.Except(after).Select(line => $"- {line}");
        return string.Join(
            '\n',
            added.Concat(removed).OrderBy(line => line[2..], StringComparer.Ordinal)
        );
    }

    // Each line begins with the type that it belongs to, as many types have a line such as "0: String".
    private static List<string> Lines(string text)
    {
        List<string> lines = [];
        string type = "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isMember = line[0] == ' ';
            if (!isMember)
                type = line;
            lines.Add(isMember ? $"{type} {line.Trim()}" : line);
        }
        return lines;
    }

    private static string Describe()
    {
        SortedDictionary<string, Type> types = new(StringComparer.Ordinal);
        foreach ((string alias, Type type) in Registered())
        {
            if (type.Namespace?.StartsWith("SessionAuth", StringComparison.Ordinal) is true)
                types[alias] = type;
        }
        foreach (Type type in s_assemblies.SelectMany(project => project.GetTypes()))
        {
            if (type.GetCustomAttribute<AliasAttribute>(inherit: false) is { } alias)
                types[alias.Alias] = type;
        }

        StringBuilder text = new();
        foreach ((string alias, Type type) in types)
        {
            text.Append(alias).Append(type.IsInterface ? " (interface)\n" : "\n");
            foreach (string value in Values(type))
                text.Append("  ").Append(value).Append('\n');
        }
        return text.ToString();
    }

    private static Dictionary<string, Type> Registered()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSerializer(builder =>
            {
                foreach (Assembly project in s_assemblies)
                    builder.AddAssembly(project);
            })
            .BuildServiceProvider();
        return services
            .GetRequiredService<IOptions<TypeManifestOptions>>()
            .Value.WellKnownTypeAliases;
    }

    // Domain types have no member ids: their surrogates are listed, or, for results, the constructor parameters in
    // order.
    private static IEnumerable<string> Values(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetValues(type)
                .Cast<object>()
                .Select(value =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Convert.ToInt64(value, CultureInfo.InvariantCulture)}: {value}"
                    )
                );
        }
        if (type.Namespace == "SessionAuth.Domain.Accounts.Results")
        {
            return type.GetConstructors()
                .Single()
                .GetParameters()
                .Select((parameter, i) => $"{i}: {Name(parameter.ParameterType)}");
        }
        return type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(member => (member, id: member.GetCustomAttribute<IdAttribute>()?.Id))
            .Where(value => value.id is not null && value.member is PropertyInfo or FieldInfo)
            .OrderBy(value => value.id)
            .Select(value => $"{value.id}: {Name(TypeOf(value.member))}");
    }

    private static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static string Name(Type type)
    {
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
