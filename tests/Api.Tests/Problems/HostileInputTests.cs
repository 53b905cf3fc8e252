using System.Net;
using System.Text;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>Malformed JSON bodies at registration and sign-in.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HostileInputTests(SharedNode shared)
{
    private static readonly string[] s_calls = ["/register", "/login"];

    [Theory(
        DisplayName = "S-50 An unknown, duplicate, missing or mistyped JSON member is refused, and named"
    )]
    [InlineData("""{"email":"a@b.cd","password":"long enough 1","roles":["admin"]}""", "roles")]
    [InlineData("""{"email":"a@b.cd","email":"b@b.cd","password":"long enough 1"}""", "email")]
    [InlineData(
        """{"email":"a@b.cd","password":"long enough 1","password":"long enough 1"}""",
        "password"
    )]
    [InlineData("""{"email":"a@b.cd","password":{"$ne":""}}""", "password")]
    [InlineData("""{"email":["a@b.cd","b@b.cd"],"password":"long enough 1"}""", "email")]
    [InlineData("""{"email":"a@b.cd","password":12345678}""", "password")]
    [InlineData("""{"email":"a@b.cd","password":null}""", "password")]
    [InlineData("""{"email":null,"password":"long enough 1"}""", "email")]
    [InlineData("""{"email":true,"password":"long enough 1"}""", "email")]
    [InlineData("""{"email":"a@b.cd"}""", "password")]
    [InlineData("""{"password":"long enough 1"}""", "email")]
    [InlineData("""{"Email":"a@b.cd","password":"long enough 1"}""", "Email")]
    [InlineData("""{"email":"a@b.cd","password":"\ud800 lone surrogate"}""", "password")]
    [InlineData("""{"email":"\udc00@b.cd","password":"long enough 1"}""", "email")]
    [InlineData("""{"email":"a@b.cd","password":"long enough 1","__proto__":{}}""", null)]
    [InlineData("""{"email":"a@b.cd","password":"long enough 1","<script>":1}""", null)]
    public async Task Invalid_member_is_refused_and_named(string body, string? field)
    {
        foreach (string path in s_calls)
        {
            using HttpResponseMessage response = await Post(path, body);
            if (field is not null)
                await Problem.NamesField(response, field);
            else
                await Problem.Is(response, HttpStatusCode.BadRequest, "invalid-body");
        }
    }

    [Theory(DisplayName = "S-50 A body that is not a JSON object is refused")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{\"email\":\"a@b.cd\",\"password\":\"long enough 1\",}")]
    [InlineData("{'email':'a@b.cd','password':'long enough 1'}")]
    [InlineData("/* comment */ {\"email\":\"a@b.cd\",\"password\":\"long enough 1\"}")]
    public async Task Body_that_is_not_a_JSON_object_is_refused(string body)
    {
        foreach (string path in s_calls)
        {
            using HttpResponseMessage response = await Post(path, body);
            await Problem.Is(response, HttpStatusCode.BadRequest, "invalid-body");
        }
    }

    [Fact(DisplayName = "S-50 JSON nested a thousand levels deep is refused")]
    public async Task Deeply_nested_JSON_is_refused()
    {
        foreach (string path in s_calls)
        {
            using HttpResponseMessage deep = await Post(
                path,
                new string('[', 1000) + new string(']', 1000)
            );
            await Problem.Is(deep, HttpStatusCode.BadRequest, "invalid-body");
            string nested =
                string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);
            using HttpResponseMessage within = await Post(
                path,
                $$"""{"email":{{nested}},"password":"x"}"""
            );
            Assert.Equal(HttpStatusCode.BadRequest, within.StatusCode);
        }
    }

    [Fact(DisplayName = "S-50 A body over 64 KiB is 413, with and without a Content-Length")]
    public async Task Body_over_64_KiB_is_413()
    {
        string body = $$"""{"email":"a@b.cd","password":"{{new string('x', 65 * 1024)}}"}""";
        foreach (string path in s_calls)
        {
            using HttpResponseMessage withLength = await Post(path, body);
            await Problem.Is(withLength, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
            using HttpResponseMessage chunked = await Post(path, body, chunked: true);
            await Problem.Is(chunked, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        }
    }

    [Fact]
    public async Task Body_that_is_not_UTF_8_is_refused()
    {
        byte[] body =
        [
            .. "{\"email\":\"a@b.cd\",\"password\":\""u8,
            0xff,
            0xfe,
            0xc0,
            0x80,
            .. "\"}"u8,
        ];
        foreach (string path in s_calls)
        {
            using BrowserClient browser = shared.Node.NewBrowser();
            using HttpRequestMessage request = new(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new("application/json");
            using HttpResponseMessage response = await browser.Send(request);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> Post(string path, string body, bool chunked = false)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        return await browser.Send(request);
    }
}
