using Microsoft.AspNetCore.Authorization;

namespace SessionAuth.Api.Http.Requests;

/// <summary>How an endpoint uses the session that a request may carry.</summary>
internal static class SessionUse
{
    private static readonly IfAny s_ifAny = new();
    private static readonly OpenTo s_openTo = new();

    /// <summary>Takes the session where there is one, and works without.</summary>
    public static TBuilder TakesSessionIfAny<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_ifAny);

    /// <summary>Is open to a session that opens nothing else before its user has proved a second factor.</summary>
    public static TBuilder OpenToRestricted<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_openTo);

    /// <summary>Whether the endpoint wants to know of a session at all.</summary>
    public static bool Wants(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null
        || endpoint?.Metadata.GetMetadata<IfAny>() is not null;

    /// <summary>Whether it is open to a restricted session.</summary>
    public static bool IsOpenToRestricted(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OpenTo>() is not null;

    /// <summary>Whether the endpoint that is being built is open to a restricted session.</summary>
    public static bool IsOpenToRestricted(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<OpenTo>().Any();

    private sealed class IfAny;

    private sealed class OpenTo;
}
