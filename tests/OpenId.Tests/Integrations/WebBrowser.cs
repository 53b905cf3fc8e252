using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>
/// A browser that goes from site to site: it follows redirects, and keeps the cookies of each host apart, for all of its
/// ports, as browsers do.
/// </summary>
public sealed partial class WebBrowser(string issuer) : IDisposable
{
    private const int MaxRedirects = 20;

    private static readonly TimeSpan s_mail = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );

    private readonly Dictionary<string, Dictionary<string, string>> _cookies = [];

    public string Email { get; } = People.NewEmail();

    /// <summary>The cookies of a host, by name.</summary>
    public IDictionary<string, string> CookiesOf(string host)
    {
        if (!_cookies.TryGetValue(host, out Dictionary<string, string>? cookies))
            _cookies[host] = cookies = [];
        return cookies;
    }

    /// <summary>Opens a page and follows where it leads.</summary>
    /// <returns>The last answer. Its request has the address at which the browser ends.</returns>
    public async Task<HttpResponseMessage> Open(string url)
    {
        Uri next = new(url);
        for (int redirects = 0; redirects < MaxRedirects; redirects++)
        {
            HttpResponseMessage answer = await Navigate(next);
            if (answer.Headers.Location is not { } location)
                return answer;

            answer.Dispose();
            next = new(next, location);
        }
        throw new InvalidOperationException($"{url} redirects forever, last to {next}.");
    }

    /// <summary>Opens a page, which has to be there.</summary>
    /// <returns>Where the browser ends, and the text there.</returns>
    public async Task<(Uri Address, string Text)> Read(string url)
    {
        using HttpResponseMessage answer = await Open(url);
        string text = await answer.Content.ReadAsStringAsync();
        Uri address = answer.RequestMessage!.RequestUri!;
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} at {address}\n{text}");
        return (address, text);
    }

    /// <summary>Opens a page of JSON, which has to be there.</summary>
    public async Task<JsonElement> ReadJson(string url) =>
        JsonSerializer.Deserialize<JsonElement>((await Read(url)).Text);

    /// <summary>Makes one request, without following redirects.</summary>
    public Task<HttpResponseMessage> Navigate(Uri url)
    {
        HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        return Send(request);
    }

    /// <summary>Makes an account, and signs in with it.</summary>
    public async Task Register()
    {
        using HttpResponseMessage answer = await Post(
            "register",
            new { email = Email, password = People.Password }
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    /// <summary>Verifies the email by the mailed link.</summary>
    public async Task VerifyEmail()
    {
        string token = "";
        await Eventually.Holds(
            s_mail,
            async () =>
            {
                (_, string mails) = await Read(issuer + "dev/mail");
                int mine = mails.IndexOf(Email, StringComparison.Ordinal);
                if (mine < 0)
                    return false;
                token = VerificationLink().Match(mails, mine).Groups["token"].Value;
                return token.Length > 0;
            }
        );
        using HttpResponseMessage answer = await Post("email/verification/confirm", new { token });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Whether the browser is signed in at the provider.</summary>
    public async Task<bool> IsSignedIn()
    {
        using HttpResponseMessage answer = await Navigate(new(issuer + "test"));
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Unauthorized => false,
            _ => throw new InvalidOperationException($"GET /test answered {answer.StatusCode}."),
        };
    }

    /// <summary>Signs out at the provider, as its own pages do.</summary>
    public async Task SignOut()
    {
        using HttpResponseMessage answer = await Post("logout", new { });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> Post(string path, object body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, issuer + path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("Origin", issuer.TrimEnd('/'));
        return Send(request);
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        IDictionary<string, string> cookies = CookiesOf(request.RequestUri!.Host);
        if (cookies.Count > 0)
            request.Headers.Add(
                "Cookie",
                string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))
            );
        HttpResponseMessage answer = await _http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines))
            foreach (string line in lines)
                Keep(line, cookies);
        return answer;
    }

    private static void Keep(string line, IDictionary<string, string> cookies)
    {
        string[] attributes = line.Split(';', StringSplitOptions.TrimEntries);
        string[] pair = attributes[0].Split('=', 2);
        if (attributes.Any(IsPast))
            cookies.Remove(pair[0]);
        else
            cookies[pair[0]] = pair[1];
    }

    private static bool IsPast(string attribute) =>
        attribute.Equals("Max-Age=0", StringComparison.OrdinalIgnoreCase)
        || (
            attribute.StartsWith("Expires=", StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.Parse(attribute["Expires=".Length..], CultureInfo.InvariantCulture)
                < TimeProvider.System.GetUtcNow()
        );

    [GeneratedRegex("/verify-email#(?<token>[A-Za-z0-9_.-]+)")]
    private static partial Regex VerificationLink();
}
