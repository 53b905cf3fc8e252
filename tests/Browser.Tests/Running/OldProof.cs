using System.Text.Json;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// A session whose proof is older than ten minutes, without the wait: the first try of a call is answered, in place of
/// the node, as the node answers then. The proof that the page gives, and its second try, are the node's again.
/// </summary>
public static class OldProof
{
    public static async Task HaveOldProof(
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
