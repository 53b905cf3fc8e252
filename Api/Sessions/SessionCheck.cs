using SessionAuth.Api.Http.Requests;
using SessionAuth.Api.Http.Security;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Answers the calls that do nothing but check the session. They are most of all requests, and need nothing of what the
/// framework's authentication and authorization make for each request: a scope of services, a handler, a principal, a
/// ticket, and the evaluation of a policy.
/// </summary>
/// <remarks>
/// <see cref="SessionAuthentication"/> decides for these calls as for all others.
/// </remarks>
internal sealed class SessionCheck(RequestDelegate next, SessionAuthentication sessions)
{
    /// <summary>Adds the check as a branch of the pipeline, once it is known which endpoint is called.</summary>
    public static void Use(IApplicationBuilder app) =>
        app.MapWhen(
            context => SessionUse.IsCheck(context.GetEndpoint()),
            checks =>
            {
                checks.UseMiddleware<SessionCheck>();
                checks.UseMiddleware<SessionUserCheck>();
                checks.Run(context => context.GetEndpoint()!.RequestDelegate!(context));
            }
        );

    public async Task InvokeAsync(HttpContext context)
    {
        FoundSession found = await sessions.Find(context);
        await (found.Current is null ? found.Problem.ExecuteAsync(context) : next(context));
    }
}
