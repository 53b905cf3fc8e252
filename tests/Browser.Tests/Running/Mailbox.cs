using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>The development mailbox, which a node without a mail server has.</summary>
public static class Mailbox
{
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(60);

    /// <summary>Reloads the mailbox until the email is there, and stays on that page.</summary>
    /// <param name="visitor">The visitor who reads it.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The latest matching email.</returns>
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

    /// <summary>Opens the link of an email, as a click would.</summary>
    public static async Task FollowMail(this Visitor visitor, string to, string subject)
    {
        ILocator mail = await visitor.FindMail(to, subject);
        await mail.GetByRole(AriaRole.Link).ClickAsync();
    }
}

/// <summary>The subjects of emails.</summary>
public static class Subjects
{
    public const string Verify = "Verify your email";
    public const string NewEmail = "Confirm your new email";
    public const string Reset = "Reset your password";
    public const string Deleted = "Your account was deleted";
}
