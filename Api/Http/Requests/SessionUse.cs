using Microsoft.AspNetCore.Authorization;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Endpoint metadata about the use of the session.</summary>
internal static class SessionUse
{
    private static readonly IfAny s_ifAny = new();
    private static readonly OpenTo s_openTo = new();
    private static readonly Check s_check = new();

    /// <summary>Authenticates the session if there is one; the endpoint also works without.</summary>
    public static TBuilder TakesSessionIfAny<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_ifAny);

    /// <summary>
    /// Needs a session, and does nothing but say whether it is live. Other endpoints that need one require
    /// authorization.
    /// </summary>
    public static TBuilder ChecksSession<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_check);

    /// <summary>Allows restricted sessions, whose user has not yet added or used a required second factor.</summary>
    public static TBuilder OpenToRestricted<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_openTo);

    /// <summary>Whether the framework's authentication finds the session for the endpoint.</summary>
    public static bool Wants(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null
        || endpoint?.Metadata.GetMetadata<IfAny>() is not null;

    /// <summary>Whether the endpoint does nothing but check the session.</summary>
    public static bool IsCheck(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<Check>() is not null;

    /// <summary>Whether the endpoint that is being built needs a session.</summary>
    public static bool NeedsSession(EndpointBuilder endpoint) =>
        endpoint.Metadata.Any(metadata => metadata is IAuthorizeData or Check);

    /// <summary>Whether the endpoint allows restricted sessions.</summary>
    public static bool IsOpenToRestricted(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OpenTo>() is not null;

    /// <summary>Whether the endpoint that is being built allows restricted sessions.</summary>
    public static bool IsOpenToRestricted(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<OpenTo>().Any();

    private sealed class IfAny;

    private sealed class OpenTo;

    private sealed class Check;
}
