using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A user with a browser profile of their own.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    // Generous for a busy machine. Tests that measure times set their own timeout.
    private const float DefaultTimeoutMs = 120_000;

    private readonly IBrowserContext _context;
    private readonly FailureCapture _capture;
    private readonly List<string> _consoleErrors = [];

    private Visitor(IBrowserContext context, IPage page, FailureCapture capture)
    {
        _context = context;
        _capture = capture;
        Page = page;
        page.Console += (_, message) =>
        {
            // An error status that the page expects and shows is not an error.
            if (
                message.Type is "error"
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)
            )
                _consoleErrors.Add(message.Text);
        };
        page.PageError += (_, error) => _consoleErrors.Add(error);
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Errors of the browser console, such as refused scripts and styles.</summary>
    public IReadOnlyList<string> ConsoleErrors => _consoleErrors;

    public ILocator Heading(string name) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Devices => Page.GetByRole(AriaRole.List).First.GetByRole(AriaRole.Listitem);

    /// <param name="browser">The browser.</param>
    /// <param name="options">The options of the profile.</param>
    /// <param name="test">The name of the test.</param>
    public static Task<Visitor> Of(
        IBrowser browser,
        BrowserNewContextOptions options,
        string test
    ) => Of(browser, options, new FailureCapture(test));

    private static async Task<Visitor> Of(
        IBrowser browser,
        BrowserNewContextOptions options,
        FailureCapture capture
    )
    {
        Assertions.SetDefaultExpectTimeout(DefaultTimeoutMs);
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(DefaultTimeoutMs);
        await FailureCapture.Watch(context);
        return new(context, await context.NewPageAsync(), capture);
    }

    public static string NewEmail() => $"{Guid.NewGuid():N}@example.org";

    public async Task Register(string email)
    {
        await Page.GotoAsync("/register");
        await Fill(email, Password);
        await Button("Create account").ClickAsync();
        await Heading("Your devices").WaitForAsync();
    }

    public async Task SignIn(string email, string password = Password)
    {
        await Page.GotoAsync("/login");
        await SignInHere(email, password);
        await Heading("Your devices").WaitForAsync();
    }

    public async Task SignInHere(string email, string password = Password)
    {
        await Fill(email, password);
        await Button("Sign in").ClickAsync();
    }

    public async Task Fill(string email, string password)
    {
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
    }

    public async ValueTask DisposeAsync()
    {
        await _capture.Keep(_context, _consoleErrors);
        await _context.DisposeAsync();
    }
}
