using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The mails that a node has sent.</summary>
public static class Mailbox
{
    private static readonly TimeSpan s_sentWithin = TimeSpan.FromSeconds(60);

    /// <summary>The token of the latest mail to the address whose link leads to the path.</summary>
    public static async Task<string> Token(this RunningNode node, string address, string path)
    {
        IDevelopmentMailboxGrain mailbox = node
            .Services.GetRequiredService<IGrainFactory>()
            .DevelopmentMailbox();
        string? link = null;
        await Eventually.Holds(
            s_sentWithin,
            async () =>
            {
                link = (await mailbox.List())
                    .FirstOrDefault(mail =>
                        mail.To == address
                        && mail.Link?.Contains(path, StringComparison.Ordinal) == true
                    )
                    ?.Link;
                return link is not null;
            }
        );
        return Uri.UnescapeDataString(link!.Split('#')[1]);
    }
}
