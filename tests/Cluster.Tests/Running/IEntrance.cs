namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Where requests are sent to: a node, or what stands in front of them.</summary>
public interface IEntrance
{
    HttpClient Http { get; }

    string Url { get; }

    /// <summary>The origin of the pages that may change something through it.</summary>
    string Origin { get; }
}
