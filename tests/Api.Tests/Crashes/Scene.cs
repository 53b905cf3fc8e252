using OtpNet;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Somebody with two browsers, and what they hold: it can be taken from one node to the next.</summary>
internal sealed class Scene : IDisposable
{
    private readonly List<BrowserClient> _strangers = [];
    private readonly string _url;
    private readonly MovedClock _clock;

    public Scene(string url, MovedClock clock)
    {
        (_url, _clock) = (url, clock);
        Own = NewBrowser();
        Other = NewBrowser();
    }

    /// <summary>The address.</summary>
    public string Address { get; init; } = People.NewAddress();

    /// <summary>The address that it is to become.</summary>
    public string NewAddress { get; init; } = People.NewAddress();

    /// <summary>The browser that does what is done.</summary>
    public BrowserClient Own { get; }

    /// <summary>A browser that is signed in, and does nothing.</summary>
    public BrowserClient Other { get; }

    /// <summary>What is to work once: the token of a mailed link, a code, a signature.</summary>
    public string Token { get; set; } = "";

    /// <summary>The challenge that was signed.</summary>
    public string Challenge { get; set; } = "";

    /// <summary>The secret of the authenticator app.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>The recovery codes.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    /// <summary>The authenticator that has the passkey.</summary>
    public SoftwareAuthenticator Passkey { get; init; } = new();

    /// <summary>What the authenticator app shows now.</summary>
    public string Code =>
        new Totp(Base32Encoding.ToBytes(AppSecret)).ComputeTotp(_clock.GetUtcNow().UtcDateTime);

    /// <summary>A code that was not shown before.</summary>
    public string FreshCode()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        return Code;
    }

    /// <summary>A browser that has never been here.</summary>
    public BrowserClient NewBrowser()
    {
        BrowserClient browser = new(_url)
        {
            Host = new Uri(PasskeyNode.Api).Authority,
            Origin = PasskeyNode.Ui,
        };
        _strangers.Add(browser);
        return browser;
    }

    /// <summary>The same at another node: the browsers keep their cookies.</summary>
    public Scene At(string url, MovedClock clock)
    {
        Scene there = new(url, clock)
        {
            Address = Address,
            NewAddress = NewAddress,
            Token = Token,
            Challenge = Challenge,
            AppSecret = AppSecret,
            RecoveryCodes = RecoveryCodes,
            Passkey = Passkey,
        };
        foreach ((string name, string value) in Own.Cookies)
            there.Own.Cookies[name] = value;
        foreach ((string name, string value) in Other.Cookies)
            there.Other.Cookies[name] = value;
        return there;
    }

    public void Dispose()
    {
        foreach (BrowserClient browser in _strangers)
            browser.Dispose();
    }
}
