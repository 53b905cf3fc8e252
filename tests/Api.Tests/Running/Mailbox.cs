using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The mails that a node has sent, as their readers get them.</summary>
public static class Mailbox
{
    public const string Verify = "/verify-address#";
    public const string NewAddress = "/new-address#";
    public const string Reset = "/reset#";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The mails to an address, latest first.</summary>
    public static async Task<IReadOnlyList<DevelopmentMail>> Mails(
        this RunningNode node,
        string address
    ) =>
        [
            .. (
                await node.Services.GetRequiredService<IGrainFactory>().DevelopmentMailbox().List()
            ).Where(mail => mail.To == address),
        ];

    /// <summary>Waits for mails with links to a page, and gives the tokens, latest first.</summary>
    public static async Task<IReadOnlyList<string>> Tokens(
        this RunningNode node,
        string address,
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
                    .. (await node.Mails(address))
                        .Select(mail => mail.Link)
                        .Where(link => link?.Contains(page, StringComparison.Ordinal) is true)
                        .Select(link => link!.Split('#')[1].Split('&')[0]),
                ];
                return tokens.Length >= atLeast;
            }
        );
        return tokens;
    }

    /// <summary>The token of the latest link to a page.</summary>
    public static async Task<string> Token(this RunningNode node, string address, string page) =>
        (await node.Tokens(address, page))[0];

    /// <summary>Verifies the address of who is signed in, by the link that was mailed to it.</summary>
    public static async Task VerifyAddress(this BrowserClient browser)
    {
        JsonElement me = await browser.Me();
        if (me.GetProperty("emailVerified").GetBoolean())
            return;

        string address = me.GetProperty("email").GetString()!;
        string token = await RunningNode.Of(browser).Token(address, Verify);
        await browser
            .Post("/email/verification/confirm", new { token })
            .Answered(HttpStatusCode.OK);
    }

    /// <summary>Waits until so many mails with this in their subject have come, and for no more a while.</summary>
    public static async Task Brings(
        this RunningNode node,
        string address,
        string subject,
        int count = 1
    )
    {
        int found = 0;
        await Eventually.Holds(
            s_patience,
            async () =>
            {
                found = (await node.Mails(address)).Count(mail =>
                    mail.Subject.Contains(subject, StringComparison.OrdinalIgnoreCase)
                );
                return found >= count;
            }
        );
        Assert.Equal(count, found);
    }
}
