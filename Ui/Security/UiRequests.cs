using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SessionAuth.Ui.Security;

/// <summary>How a host that serves the pages alone reads requests.</summary>
internal static class UiRequests
{
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Any byte is a character: as UTF-8, the default, one that is none is answered 400 without a word.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
    }
}
