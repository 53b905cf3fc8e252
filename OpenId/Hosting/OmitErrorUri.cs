using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Hosting;

/// <summary>Leaves out the address of the library's own documentation in error responses.</summary>
internal sealed class OmitErrorUri
    : IOpenIddictServerHandler<ProcessErrorContext>,
        IOpenIddictServerHandler<ProcessChallengeContext>
{
    public ValueTask HandleAsync(ProcessErrorContext context)
    {
        context.Response.ErrorUri = null;
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ProcessChallengeContext context)
    {
        context.Response.ErrorUri = null;
        return ValueTask.CompletedTask;
    }
}
