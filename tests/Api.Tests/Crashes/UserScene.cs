using OtpNet;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A user's two browsers and secrets, which tests take from the killed node to the next.</summary>
internal sealed class UserScene : IDisposable
{
    private readonly List<BrowserClient> _browsers = [];
    private readonly string _url;
    private readonly MovedClock _clock;

    public UserScene(string url, MovedClock clock)
    {
        (_url, _clock) = (url, clock);
        Own = NewBrowser();
        Other = NewBrowser();
    }

    /// <summary>The email of the account.</summary>
    public string Email { get; init; } = People.NewEmail();

    /// <summary>The email that the account changes to.</summary>
    public string NewEmail { get; init; } = People.NewEmail();

    /// <summary>The browser that makes the calls under test.</summary>
    public BrowserClient Own { get; }

    /// <summary>A browser that is signed in and makes no calls.</summary>
    public BrowserClient Other { get; }

    /// <summary>What may be used once only: the token of a mailed link, a code or a signature.</summary>
    public string Token { get; set; } = "";

    /// <summary>The challenge that was signed.</summary>
    public string Challenge { get; set; } = "";

    /// <summary>The secret of the authenticator app.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>The recovery codes.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    /// <summary>The authenticator that holds the passkey.</summary>
    public SoftwareAuthenticator Passkey { get; init; } = new();

    /// <summary>The current code of the authenticator app.</summary>
    public string Code =>
        new Totp(Base32Encoding.ToBytes(AppSecret)).ComputeTotp(_clock.GetUtcNow().UtcDateTime);

    /// <summary>A code of the next time step.</summary>
    public string FreshCode()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        return Code;
    }

    /// <summary>A browser without cookies.</summary>
    public BrowserClient NewBrowser()
    {
        BrowserClient browser = new(_url)
        {
            Host = new Uri(PasskeyNode.Api).Authority,
            Origin = PasskeyNode.Ui,
        };
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>The same user at another node: the browsers keep their cookies.</summary>
    public UserScene At(string url, MovedClock clock)
    {
        UserScene moved = new(url, clock)
        {
            Email = Email,
            NewEmail = NewEmail,
            Token = Token,
            Challenge = Challenge,
            AppSecret = AppSecret,
            RecoveryCodes = RecoveryCodes,
            Passkey = Passkey,
        };
        foreach ((string name, string value) in Own.Cookies)
            moved.Own.Cookies[name] = value;
        foreach ((string name, string value) in Other.Cookies)
            moved.Other.Cookies[name] = value;
        return moved;
    }

    public void Dispose()
    {
        foreach (BrowserClient browser in _browsers)
            browser.Dispose();
    }
}
