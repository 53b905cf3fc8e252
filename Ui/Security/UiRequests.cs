using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SessionAuth.Ui.Security;

/// <summary>Configures how the pages' own host reads requests.</summary>
internal static class UiRequests
{
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Latin-1 decodes every byte: with UTF-8, the default, Kestrel answers an invalid one with a bare 400.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
    }
}
