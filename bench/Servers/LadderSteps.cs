using SessionAuth.Api.Cookies;
using SessionAuth.Api.Sessions;

namespace SessionAuth.Bench.Servers;

/// <summary>The steps between a bare endpoint and a check, as calls of the node's API.</summary>
internal static class LadderSteps
{
    /// <summary>The answer of a check without the check, but with routing and all headers.</summary>
    public const string Unchecked = "/bench/unchecked";

    /// <summary>The same once the cookie was read and its token found valid.</summary>
    public const string WithCookie = "/bench/cookie";

    /// <summary>An answer as long as that of a check.</summary>
    public static readonly SignedIn Answer = new(
        "AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAA"
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        AccessCookie cookie = routes.ServiceProvider.GetRequiredService<AccessCookie>();
        RouteGroupBuilder steps = routes.MapGroup("");
        // Before authentication, which is not on the way of a check.
        steps.ShortCircuit().ExcludeFromDescription();
        steps.MapGet(Unchecked, (HttpContext _) => TestEndpoint.Answer(Answer));
        steps.MapGet(
            WithCookie,
            async (HttpContext context) =>
                await cookie.ReadCurrent(context.Request) is not null
                    ? TestEndpoint.Answer(Answer)
                    : throw new InvalidOperationException("The request has no valid token.")
        );
    }
}
