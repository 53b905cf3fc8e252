using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>An authenticator with one passkey, and the browser that uses it: ES256, no attestation.</summary>
public sealed class SoftwareAuthenticator(byte[]? id = null) : IDisposable
{
    private const byte PresentFlag = 0x01;
    private const byte VerifiedFlag = 0x04;
    private const byte BackupEligibleFlag = 0x08;
    private const byte BackedUpFlag = 0x10;
    private const byte AttestedFlag = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = id ?? RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";
    private uint _count;

    /// <summary>The credential id, encoded.</summary>
    public string Id => Base64Url.EncodeToString(_id);

    /// <summary>The credential id.</summary>
    public byte[] RawId => _id;

    /// <summary>Makes the passkey, as <c>navigator.credentials.create</c> does.</summary>
    public JsonObject Create(JsonElement options, Ceremony? ceremony = null)
    {
        Ceremony behavior = ceremony ?? new();
        _userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        byte[] data = [.. AuthenticatorData(behavior, AttestedFlag), .. AttestedCredential()];
        CborWriter attestation = new();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Credential(
            behavior,
            new()
            {
                ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
                ["authenticatorData"] = Base64Url.EncodeToString(data),
                ["clientDataJSON"] = Base64Url.EncodeToString(
                    ClientData(behavior, "webauthn.create", options)
                ),
                ["publicKey"] = Base64Url.EncodeToString(_key.ExportSubjectPublicKeyInfo()),
                ["publicKeyAlgorithm"] = -7,
                ["transports"] = new JsonArray("internal", "hybrid", "carrier-pigeon"),
            }
        );
    }

    /// <summary>Signs the challenge, as <c>navigator.credentials.get</c> does.</summary>
    public JsonObject Sign(JsonElement options, Ceremony? ceremony = null)
    {
        Ceremony behavior = ceremony ?? new();
        byte[] data = AuthenticatorData(behavior, 0);
        byte[] client = ClientData(behavior, "webauthn.get", options);
        byte[] signature = _key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        if (behavior.Forged)
            signature[^1] ^= 1;
        JsonObject response = new()
        {
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["signature"] = Base64Url.EncodeToString(signature),
        };
        if (!behavior.OmitsUserHandle)
            response["userHandle"] = behavior.UserHandle ?? _userHandle;
        return Credential(behavior, response);
    }

    public void Dispose() => _key.Dispose();

    // Has all members that current browsers send, and unknown ones that a future browser may send.
    private JsonObject Credential(Ceremony behavior, JsonObject response) =>
        new()
        {
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject
            {
                ["credProps"] = new JsonObject { ["rk"] = true },
                ["prf"] = new JsonObject { ["results"] = new JsonObject { ["first"] = "AAAA" } },
            },
            ["id"] = behavior.Id ?? Id,
            ["rawId"] = behavior.RawId ?? behavior.Id ?? Id,
            ["response"] = response,
            ["type"] = "public-key",
            ["notYetInvented"] = new JsonArray(1, 2),
        };

    private byte[] AuthenticatorData(Ceremony behavior, byte flags)
    {
        byte[] data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(behavior.RelyingParty)).CopyTo(data, 0);
        data[32] = (byte)(
            flags
            | (behavior.UserPresent ? PresentFlag : 0)
            | (behavior.UserVerified ? VerifiedFlag : 0)
            | (behavior.BackupEligible ? BackupEligibleFlag : 0)
            | (behavior.BackedUp ? BackedUpFlag : 0)
        );
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), behavior.SignCount ?? ++_count);
        return data;
    }

    private byte[] AttestedCredential()
    {
        byte[] head = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), (ushort)_id.Length);
        ECParameters key = _key.ExportParameters(includePrivateParameters: false);
        CborWriter cose = new();
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(key.Q.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(key.Q.Y!);
        cose.WriteEndMap();
        return [.. head, .. _id, .. cose.Encode()];
    }

    private static byte[] ClientData(Ceremony behavior, string type, JsonElement options)
    {
        JsonObject client = new()
        {
            ["type"] = behavior.Type ?? type,
            ["challenge"] = behavior.Challenge ?? options.GetProperty("challenge").GetString(),
            ["origin"] = behavior.Origin,
        };
        if (behavior.CrossOrigin is { } cross)
            client["crossOrigin"] = cross;
        if (behavior.TopOrigin is { } top)
            client["topOrigin"] = top;
        return Encoding.UTF8.GetBytes(client.ToJsonString());
    }
}
