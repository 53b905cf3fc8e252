using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>The successful answers, one of each call.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class SuccessfulAnswerTests(SharedNode shared)
{
    private const string Json = "application/json; charset=utf-8";

    [Fact(
        DisplayName = "S-01 S-02 S-07 Each successful answer has its exact content type and all headers, and tokens are in Set-Cookie only"
    )]
    public async Task Successful_answer_has_its_content_type_and_headers_and_no_token_in_its_body()
    {
        string email = People.NewEmail();
        object credentials = new { email, password = People.Password };
        using BrowserClient browser = shared.Node.NewBrowser();
        HashSet<string> secrets = [];

        await Answers("POST", "/register", HttpStatusCode.Created, Json, credentials);
        await Answers("POST", "/login", HttpStatusCode.OK, Json, credentials);
        await Answers("GET", "/test", HttpStatusCode.OK, Json);
        await Answers("GET", "/me", HttpStatusCode.OK, Json);
        await Answers("POST", "/refresh", HttpStatusCode.NoContent, null);
        await Answers("GET", "/sessions", HttpStatusCode.OK, Json);
        await Answers("DELETE", "/sessions", HttpStatusCode.NoContent, null);
        await Answers("POST", "/logout", HttpStatusCode.NoContent, null);
        await Answers("POST", "/login", HttpStatusCode.OK, Json, credentials);
        await Answers(
            "DELETE",
            $"/sessions/{await browser.SessionId()}",
            HttpStatusCode.NoContent,
            null
        );
        await Answers("GET", "/healthz/live", HttpStatusCode.OK, "text/plain; charset=utf-8");
        await Answers("GET", "/healthz/ready", HttpStatusCode.OK, "text/plain; charset=utf-8");

        async Task Answers(
            string method,
            string path,
            HttpStatusCode status,
            string? type,
            object? body = null
        )
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path)
            {
                Content = body is null ? null : JsonContent.Create(body, body.GetType()),
            };
            using HttpResponseMessage response = await browser.Send(request);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
            SecurityHeaders.Are(response);

            foreach (string cookie in browser.Cookies.Values)
                secrets.UnionWith(cookie.Split('.').Where(part => part.Length > 0));
            IEnumerable<string> headers = response
                .Headers.Concat(response.Content.Headers)
                .Where(header => header.Key != "Set-Cookie")
                .SelectMany(header => header.Value);
            string seen = string.Join(
                '\n',
                [.. headers, await response.Content.ReadAsStringAsync()]
            );
            Assert.All(
                secrets,
                secret => Assert.DoesNotContain(secret, seen, StringComparison.Ordinal)
            );
        }
    }

    [Fact(DisplayName = "S-07 Tokens contain no email, IP address or device")]
    public async Task Tokens_contain_no_personal_data()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser("Mozilla/5.0 Firefox/130.0");
        using HttpResponseMessage registered = await browser.Register(email);
        foreach (string cookie in new[] { browser.AccessToken!, browser.RefreshToken! })
        {
            string payload = Forger.Open(cookie).Payload.ToJsonString();
            string[] personal = [email.Split('@')[0], "example", "127.0.0.1", "Firefox"];
            Assert.All(
                personal,
                text => Assert.DoesNotContain(text, payload, StringComparison.OrdinalIgnoreCase)
            );
        }
    }
}
