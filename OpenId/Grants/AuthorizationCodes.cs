using System.Collections.Frozen;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Keys;
using SessionAuth.Registry.Keys;

namespace SessionAuth.OpenId.Grants;

/// <summary>Seals and opens authorization codes. Opening one only looks: redeeming it is up to the session.</summary>
public sealed class AuthorizationCodes(SealedValues values)
{
    private const string Purpose = "authorization code";

    // On the wire, so that the names may change: never renumber.
    private static readonly FrozenDictionary<AuthenticationMethod, byte> s_methods = new Dictionary<
        AuthenticationMethod,
        byte
    >
    {
        [AuthenticationMethod.Password] = 1,
        [AuthenticationMethod.Totp] = 2,
        [AuthenticationMethod.RecoveryCode] = 3,
        [AuthenticationMethod.Passkey] = 4,
    }.ToFrozenDictionary();

    /// <summary>Seals the content.</summary>
    public string Seal(AuthorizationCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content, Encoding.UTF8))
        {
            writer.Write(code.Id.Value);
            writer.Write(code.Session.Value);
            writer.Write(code.User.Value);
            writer.Write(code.Application.Value);
            writer.Write(code.RedirectHash);
            writer.Write(code.Challenge);
            writer.Write(code.Nonce);
            writer.Write(string.Join(' ', code.Scopes));
            writer.Write(code.AuthenticatedAt?.UtcTicks ?? 0);
            writer.Write((byte)code.AuthenticationMethods.Count);
            foreach (AuthenticationMethod method in code.AuthenticationMethods)
                writer.Write(s_methods[method]);
            writer.Write(code.ExpiresAt.UtcTicks);
        }

        return values.Seal(Purpose, content.ToArray());
    }

    /// <summary>Opens a code; null when this cluster has not sealed it. It may have expired.</summary>
    public async ValueTask<AuthorizationCode?> Open(
        string value,
        CancellationToken cancellationToken
    )
    {
        byte[]? content = await values.Content(Purpose, value, cancellationToken);
        return content is null ? null : Read(content);
    }

    private static AuthorizationCode Read(byte[] content)
    {
        using BinaryReader reader = new(new MemoryStream(content), Encoding.UTF8);
        return new()
        {
            Id = GrantId.Parse(reader.ReadString()),
            Session = SessionId.Parse(reader.ReadString()),
            User = UserId.Parse(reader.ReadString()),
            Application = ClientId.Parse(reader.ReadString()),
            RedirectHash = reader.ReadString(),
            Challenge = reader.ReadString(),
            Nonce = reader.ReadString(),
            Scopes = reader.ReadString().Split(' ', StringSplitOptions.RemoveEmptyEntries),
            AuthenticatedAt = reader.ReadInt64() is > 0 and var ticks
                ? new DateTimeOffset(ticks, TimeSpan.Zero)
                : null,
            AuthenticationMethods = ReadMethods(reader),
            ExpiresAt = new(reader.ReadInt64(), TimeSpan.Zero),
        };
    }

    private static AuthenticationMethod[] ReadMethods(BinaryReader reader)
    {
        AuthenticationMethod[] methods = new AuthenticationMethod[reader.ReadByte()];
        for (int i = 0; i < methods.Length; i++)
        {
            byte number = reader.ReadByte();
            methods[i] = s_methods.Single(method => method.Value == number).Key;
        }

        return methods;
    }
}
