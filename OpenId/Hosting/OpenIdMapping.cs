using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.OpenId.Requests;

namespace SessionAuth.OpenId.Hosting;

/// <summary>Maps the provider's endpoints.</summary>
public static class OpenIdMapping
{
    private static readonly string[] s_getOrPost = [HttpMethods.Get, HttpMethods.Post];
    private static readonly string[] s_get = [HttpMethods.Get];
    private static readonly string[] s_post = [HttpMethods.Post];

    /// <summary>
    /// Answers the provider's endpoints in a branch of the pipeline, once it is known which endpoint is called. The library
    /// sees no other request.
    /// </summary>
    public static void UseOpenId(this IApplicationBuilder app) =>
        app.MapWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<OpenIdEndpoint>() is not null,
            provider =>
                provider.Run(
                    provider.ApplicationServices.GetRequiredService<OpenIdPipeline>().Answer
                )
        );

    /// <summary>Maps the provider's endpoints, at the origin of the API.</summary>
    /// <returns>The group, whose endpoints are marked with <see cref="OpenIdEndpoint"/>.</returns>
    public static RouteGroupBuilder MapOpenId(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("");
        Map(
            group,
            OpenIdPaths.Authorize,
            s_getOrPost,
            context =>
                context.RequestServices.GetRequiredService<AuthorizeEndpoint>().Answer(context)
        );
        Map(
            group,
            OpenIdPaths.Logout,
            s_getOrPost,
            context => context.RequestServices.GetRequiredService<LogoutEndpoint>().Answer(context)
        );
        Map(group, OpenIdPaths.Token, s_post);
        Map(group, OpenIdPaths.Introspect, s_post);
        Map(group, OpenIdPaths.Revoke, s_post);
        Map(group, OpenIdPaths.UserInfo, s_getOrPost);
        Map(group, OpenIdPaths.Discovery, s_get);
        Map(group, OpenIdPaths.Metadata, s_get);
        Map(group, OpenIdPaths.Keys, s_get);
        return group;
    }

    private static void Map(
        RouteGroupBuilder group,
        string path,
        string[] methods,
        RequestDelegate? answer = null
    ) =>
        group
            .MapMethods(path, methods, answer ?? Unanswered)
            .WithMetadata(new OpenIdEndpoint(IsNavigation: answer is not null))
            .ExcludeFromDescription();

    private static Task Unanswered(HttpContext context) =>
        throw new InvalidOperationException("The library did not answer a request of its own.");
}
