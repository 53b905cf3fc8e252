namespace SessionAuth.Bench;

/// <summary>Sign-ins per second at POST /login by 32 browsers in parallel: mostly the cost of the hash.</summary>
internal static class SignIns
{
    public static async Task Measure(BenchNode node)
    {
        Person[] people = await Person.Register(node.Url, 32);
        double rate = await Load.PerSecond(
            people,
            person => person.Post("/login", person.Credentials)
        );
        Console.WriteLine($"POST /login, 32 browsers: {rate:N0}/s");
    }
}
