namespace SessionAuth.Bench;

/// <summary>Refreshes per second at POST /refresh by 64 browsers in parallel. Each rotates: a durable write.</summary>
internal static class Refreshes
{
    public static async Task Measure(BenchNode node)
    {
        Person[] people = await Person.Register(node.Url, 64);
        double rate = await Load.PerSecond(people, person => person.Post("/refresh"));
        Console.WriteLine($"POST /refresh, 64 browsers: {rate:N0}/s");
    }
}
