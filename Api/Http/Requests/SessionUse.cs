using Microsoft.AspNetCore.Authorization;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Endpoint metadata about the use of the session.</summary>
internal static class SessionUse
{
    private static readonly IfAny s_ifAny = new();
    private static readonly OpenTo s_openTo = new();

    /// <summary>Authenticates the session if there is one; the endpoint also works without.</summary>
    public static TBuilder TakesSessionIfAny<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_ifAny);

    /// <summary>Allows restricted sessions, whose user has not yet added or used a required second factor.</summary>
    public static TBuilder OpenToRestricted<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(s_openTo);

    /// <summary>Whether the endpoint uses a session.</summary>
    public static bool Wants(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null
        || endpoint?.Metadata.GetMetadata<IfAny>() is not null;

    /// <summary>Whether the endpoint allows restricted sessions.</summary>
    public static bool IsOpenToRestricted(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OpenTo>() is not null;

    /// <summary>Whether the endpoint that is being built allows restricted sessions.</summary>
    public static bool IsOpenToRestricted(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<OpenTo>().Any();

    private sealed class IfAny;

    private sealed class OpenTo;
}
