using System.Text.Json;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// Simulates a session that was authenticated more than ten minutes ago: the first call is answered with the node's
/// step-up challenge. The step-up and the repeated call go to the node again.
/// </summary>
public static class StaleAuthentication
{
    public static async Task RequireStepUp(
        this Visitor visitor,
        string path,
        params string[][] accepts
    )
    {
        string problem = JsonSerializer.Serialize(
            new
            {
                status = 403,
                code = "step-up-required",
                title = "Prove anew that it is you.",
                accepts,
            }
        );
        await visitor.Page.RouteAsync(
            url => new Uri(url).AbsolutePath == path,
            route =>
                route.Request.Method is "GET"
                    ? route.ContinueAsync()
                    : route.FulfillAsync(
                        new()
                        {
                            Status = 403,
                            ContentType = "application/problem+json",
                            Body = problem,
                        }
                    ),
            new() { Times = 1 }
        );
    }
}
