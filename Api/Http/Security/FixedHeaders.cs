using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace SessionAuth.Api.Http.Security;

/// <summary>The headers of a policy that depends on neither request nor response, evaluated once.</summary>
internal sealed class FixedHeaders
{
    private readonly KeyValuePair<string, StringValues>[] _headers;

    private FixedHeaders(IHeaderDictionary headers) => _headers = [.. headers];

    /// <summary>The headers that the library's middleware sets on an empty response.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="services">The services of the node.</param>
    public static FixedHeaders Of(HeaderPolicyCollection policy, IServiceProvider services)
    {
        ApplicationBuilder library = new(services);
        library.UseSecurityHeaders(policy);
        StartingResponse response = new();
        DefaultHttpContext context = new() { RequestServices = services };
        context.Features.Set<IHttpResponseFeature>(response);
        Completed(library.Build()(context));
        response.Start();
        return new(response.Headers);
    }

    public void Set(IHeaderDictionary headers)
    {
        foreach ((string name, StringValues value) in _headers)
            headers[name] = value;
    }

    private static void Completed(Task task)
    {
        if (!task.IsCompletedSuccessfully)
            throw new InvalidOperationException("The library's middleware waits for something.");
    }

    /// <summary>A response that starts when it is told to, because the library sets the headers only then.</summary>
    private sealed class StartingResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = [];

        public override void OnStarting(Func<object, Task> callback, object state) =>
            _callbacks.Push((callback, state));

        public void Start()
        {
            foreach ((Func<object, Task> callback, object state) in _callbacks)
                Completed(callback(state));
        }
    }
}
