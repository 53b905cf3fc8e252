using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>The mails that a node without a server for them shows to the browsers of its machine.</summary>
public static class Mailbox
{
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(20);

    /// <summary>Looks into the mailbox until the mail is there, and stays on that page.</summary>
    /// <param name="visitor">Who looks.</param>
    /// <param name="to">The address that it was sent to.</param>
    /// <param name="subject">Its subject.</param>
    /// <returns>The latest such mail.</returns>
    public static async Task<ILocator> FindMail(this Visitor visitor, string to, string subject)
    {
        ILocator mail = visitor
            .Page.GetByRole(AriaRole.Article)
            .Filter(new() { HasText = $"To {to}" })
            .Filter(
                new()
                {
                    Has = visitor.Page.GetByRole(
                        AriaRole.Heading,
                        new() { Name = subject, Exact = true }
                    ),
                }
            );
        await Eventually.Holds(
            ArrivesWithin,
            async () =>
            {
                await visitor.Page.GotoAsync("/dev/mail");
                return await mail.CountAsync() > 0;
            }
        );
        return mail.First;
    }

    /// <summary>Opens the link of a mail, as a click on it would.</summary>
    public static async Task FollowMail(this Visitor visitor, string to, string subject)
    {
        ILocator mail = await visitor.FindMail(to, subject);
        await mail.GetByRole(AriaRole.Link).ClickAsync();
    }
}

/// <summary>The subjects of mails.</summary>
public static class Subjects
{
    public const string Verify = "Verify your e-mail address";
    public const string NewAddress = "Confirm your new e-mail address";
    public const string Reset = "Reset your password";
    public const string Deleted = "Your account was deleted";
}
