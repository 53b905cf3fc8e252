using SessionAuth.Api.Http.Security;

namespace SessionAuth.Bench.Servers;

/// <summary>
/// The answer to a proxy's question without the question: as long, with the same headers, and from the same place in the
/// pipeline.
/// </summary>
internal sealed class UncheckedAnswer : IStartupFilter
{
    public const string Path = "/bench/unasked";

    private static readonly string s_user = new('a', 32);
    private static readonly string s_assertion = new('a', 460);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.MapWhen(
                context => context.Request.Path.Value == Path,
                branch =>
                {
                    branch.Use(
                        branch.ApplicationServices.GetRequiredService<SecurityHeaders>().Invoke
                    );
                    branch.UseExceptionHandler(_ => { });
                    branch.Run(Answer);
                }
            );
            next(app);
        };

    private static Task Answer(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Remote-User"] = s_user;
        headers["Remote-Email"] = "";
        headers["Remote-Name"] = "";
        headers["Remote-Groups"] = "";
        headers["X-SessionAuth-Assertion"] = s_assertion;
        return Task.CompletedTask;
    }
}
