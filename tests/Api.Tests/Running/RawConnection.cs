using System.Net.Sockets;
using System.Text;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Sends bytes that no HTTP client would send.</summary>
public static class RawConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends the text, and returns what the server answers until it closes the connection or nothing more comes.</summary>
    public static async Task<string> Send(string url, string text, TimeSpan? patience = null)
    {
        Uri uri = new(url);
        using TcpClient client = new();
        await client.ConnectAsync(uri.Host, uri.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

        StringBuilder answer = new();
        byte[] buffer = new byte[8192];
        using CancellationTokenSource limit = new(patience ?? Patience);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (OperationCanceledException)
        {
            // The connection stays open after the answer.
        }
        catch (IOException)
        {
            // The server has cut the connection; what came before is returned.
        }

        return answer.ToString();
    }
}
