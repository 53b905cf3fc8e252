namespace SessionAuth.Cluster.Tests.Running;

/// <summary>A target of requests: a node or the proxy in front of the nodes.</summary>
public interface IRequestTarget
{
    HttpClient Http { get; }

    string Url { get; }

    /// <summary>The origin of the pages, which may make changes.</summary>
    string Origin { get; }
}
