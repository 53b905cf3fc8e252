using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Somebody with a browser of their own in front of the pages.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // An error status that the page asked for and shows is no complaint.
            if (
                message.Type is "error"
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)
            )
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>What the browser complained of: errors, refused scripts and styles.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Heading(string name) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Devices => Page.GetByRole(AriaRole.List).First.GetByRole(AriaRole.Listitem);

    public static async Task<Visitor> Of(IBrowser browser, BrowserNewContextOptions options)
    {
        IBrowserContext context = await browser.NewContextAsync(options);
        return new(context, await context.NewPageAsync());
    }

    public static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    public async Task Register(string address)
    {
        await Page.GotoAsync("/register");
        await Fill(address, Password);
        await Button("Create account").ClickAsync();
        await Heading("Your devices").WaitForAsync();
    }

    public async Task SignIn(string address, string password = Password)
    {
        await Page.GotoAsync("/login");
        await SignInHere(address, password);
        await Heading("Your devices").WaitForAsync();
    }

    public async Task SignInHere(string address, string password = Password)
    {
        await Fill(address, password);
        await Button("Sign in").ClickAsync();
    }

    public async Task Fill(string address, string password)
    {
        await Page.GetByLabel("E-mail address").FillAsync(address);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
