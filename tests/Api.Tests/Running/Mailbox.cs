using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The mails that a node has sent.</summary>
public static class Mailbox
{
    public const string Verify = "/verify-email#";
    public const string NewEmail = "/new-email#";
    public const string Reset = "/reset#";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The mails to an email, latest first.</summary>
    public static async Task<IReadOnlyList<DevelopmentMail>> Mails(
        this RunningNode node,
        string email
    ) =>
        [
            .. (
                await node.Services.GetRequiredService<IGrainFactory>().DevelopmentMailbox().List()
            ).Where(mail => mail.To == email),
        ];

    /// <summary>Waits for mails with links to a page, and returns their tokens, latest first.</summary>
    public static async Task<IReadOnlyList<string>> Tokens(
        this RunningNode node,
        string email,
        string page,
        int atLeast = 1
    )
    {
        string[] tokens = [];
        await Eventually.Holds(
            s_patience,
            async () =>
            {
                tokens =
                [
                    .. (await node.Mails(email))
                        .Select(mail => mail.Link)
                        .Where(link => link?.Contains(page, StringComparison.Ordinal) is true)
                        .Select(link => link!.Split('#')[1].Split('&')[0]),
                ];
                return tokens.Length >= atLeast;
            }
        );
        return tokens;
    }

    /// <summary>The token of the latest mailed link to a page.</summary>
    public static async Task<string> Token(this RunningNode node, string email, string page) =>
        (await node.Tokens(email, page))[0];

    /// <summary>Verifies the email of the signed-in user by the mailed link, if it is not verified yet.</summary>
    public static async Task VerifyEmail(this BrowserClient browser)
    {
        JsonElement me = await browser.Me();
        if (me.GetProperty("emailVerified").GetBoolean())
            return;

        string email = me.GetProperty("email").GetString()!;
        string token = await RunningNode.Of(browser).Token(email, Verify);
        await browser
            .Post("/email/verification/confirm", new { token })
            .Answered(HttpStatusCode.OK);
    }

    /// <summary>Waits until exactly so many mails with this text in their subject have arrived.</summary>
    public static async Task WaitForMail(
        this RunningNode node,
        string email,
        string subject,
        int count = 1
    )
    {
        int found = 0;
        await Eventually.Holds(
            s_patience,
            async () =>
            {
                found = (await node.Mails(email)).Count(mail =>
                    mail.Subject.Contains(subject, StringComparison.OrdinalIgnoreCase)
                );
                return found >= count;
            }
        );
        Assert.Equal(count, found);
    }
}
