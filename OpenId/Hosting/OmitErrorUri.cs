using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Hosting;

/// <summary>Leaves out the address of the library's own documentation in error responses.</summary>
internal sealed class OmitErrorUri : IOpenIddictServerHandler<ProcessErrorContext>
{
    public ValueTask HandleAsync(ProcessErrorContext context)
    {
        context.Response.ErrorUri = null;
        return ValueTask.CompletedTask;
    }
}
