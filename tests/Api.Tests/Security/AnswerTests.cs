using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Good answers, one of each call.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class AnswerTests(SharedNode shared)
{
    private const string Json = "application/json; charset=utf-8";

    [Fact(
        DisplayName = "S-01 S-02 S-07 Each good answer has its exact type and all headers, and tokens travel in Set-Cookie alone"
    )]
    public async Task Each_good_answer_has_its_type_and_headers_and_no_token()
    {
        string address = People.NewAddress();
        object person = new { email = address, password = People.Password };
        using BrowserClient browser = shared.Node.NewBrowser();
        HashSet<string> secrets = [];

        await Answers("POST", "/register", HttpStatusCode.Created, Json, person);
        await Answers("POST", "/login", HttpStatusCode.OK, Json, person);
        await Answers("GET", "/test", HttpStatusCode.OK, Json);
        await Answers("GET", "/me", HttpStatusCode.OK, Json);
        await Answers("POST", "/refresh", HttpStatusCode.NoContent, null);
        await Answers("GET", "/sessions", HttpStatusCode.OK, Json);
        await Answers("DELETE", "/sessions", HttpStatusCode.NoContent, null);
        await Answers("POST", "/logout", HttpStatusCode.NoContent, null);
        await Answers("POST", "/login", HttpStatusCode.OK, Json, person);
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

    [Fact(DisplayName = "S-07 What a token holds names no person, address or device")]
    public async Task What_a_token_holds_is_nothing_personal()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser("Mozilla/5.0 Firefox/130.0");
        using HttpResponseMessage registered = await browser.Register(address);
        foreach (string cookie in new[] { browser.AccessToken!, browser.RefreshToken! })
        {
            string held = Forger.Open(cookie).Payload.ToJsonString();
            string[] personal = [address.Split('@')[0], "example", "127.0.0.1", "Firefox"];
            Assert.All(
                personal,
                text => Assert.DoesNotContain(text, held, StringComparison.OrdinalIgnoreCase)
            );
        }
    }
}
