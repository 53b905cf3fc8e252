using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Accounts;

/// <summary><c>POST /logout</c></summary>
internal static class SignOutEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/logout", SignOut)
            .WithSummary("Sign out")
            .WithDescription("Revokes the current session and deletes its cookies.");

    private static async Task<NoContent> SignOut(
        HttpContext context,
        BrowserSession browser,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        foreach (SessionId session in await browser.Sessions(context))
        {
            if (await grains.Session(session).Revoke(SessionEndReason.SignedOut, owner: null))
                log.SignedOut(session.Fingerprint, context.ClientIpAddress());
        }

        browser.SignOut(context);
        return TypedResults.NoContent();
    }
}
