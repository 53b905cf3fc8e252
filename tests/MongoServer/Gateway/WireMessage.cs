using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>A message of MongoDB's wire protocol: OP_MSG, or OP_QUERY for a client's first message.</summary>
/// <param name="Id">The id that the answer refers to.</param>
/// <param name="Command">The command, with its document sequences as arrays.</param>
/// <param name="IsQuery">Whether it is an OP_QUERY, which is answered by an OP_REPLY.</param>
/// <param name="WantsNoAnswer">Whether the client expects no answer.</param>
internal sealed record WireMessage(int Id, BsonDocument Command, bool IsQuery, bool WantsNoAnswer)
{
    private const int HeaderLength = 16;
    private const int LongestMessage = 48_000_000;
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMessage = 2013;
    private const uint ChecksumPresent = 1;
    private const uint MoreToCome = 2;

    /// <summary>Reads a message; null when the client has disconnected.</summary>
    public static async Task<WireMessage?> Read(Stream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderLength];
        int got = await stream.ReadAtLeastAsync(
            header,
            HeaderLength,
            throwOnEndOfStream: false,
            cancellationToken
        );
        if (got < HeaderLength)
            return null;

        int length = Int(header, 0);
        if (length is < HeaderLength or > LongestMessage)
            throw new InvalidDataException($"A message of {length} bytes.");
        byte[] body = new byte[length - HeaderLength];
        await stream.ReadExactlyAsync(body, cancellationToken);
        int id = Int(header, 4);
        return Int(header, 12) switch
        {
            OpMessage => Message(id, body),
            OpQuery => Query(id, body),
            int code => throw new InvalidDataException($"A message with code {code}."),
        };
    }

    /// <summary>The bytes of an answer.</summary>
    public byte[] Answer(BsonDocument answer)
    {
        byte[] document = answer.ToBson();
        int before = IsQuery ? 20 : 5;
        byte[] message = new byte[HeaderLength + before + document.Length];
        Put(message, 0, message.Length);
        Put(message, 8, Id);
        Put(message, 12, IsQuery ? OpReply : OpMessage);
        if (IsQuery)
            Put(message, HeaderLength + 16, 1);
        document.CopyTo(message, HeaderLength + before);
        return message;
    }

    private static WireMessage Message(int id, byte[] body)
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(body);
        int end = (flags & ChecksumPresent) == 0 ? body.Length : body.Length - 4;
        BsonDocument? command = null;
        List<(string Name, BsonArray Documents)> sequences = [];
        for (int at = 4; at < end; )
        {
            byte kind = body[at++];
            int size = Int(body, at);
            if (kind == 0)
            {
                command = Document(body.AsSpan(at, size));
                at += size;
                continue;
            }

            int stop = at + size;
            int name = at + 4;
            int zero = Array.IndexOf(body, (byte)0, name);
            BsonArray documents = [];
            for (int next = zero + 1; next < stop; next += Int(body, next))
                documents.Add(Document(body.AsSpan(next, Int(body, next))));
            sequences.Add(
                (System.Text.Encoding.UTF8.GetString(body, name, zero - name), documents)
            );
            at = stop;
        }
        foreach ((string name, BsonArray documents) in sequences)
            command!.Add(name, documents);
        return new(id, command!, IsQuery: false, (flags & MoreToCome) != 0);
    }

    private static WireMessage Query(int id, byte[] body)
    {
        int zero = Array.IndexOf(body, (byte)0, 4);
        int at = zero + 1 + 8;
        BsonDocument command = Document(body.AsSpan(at, Int(body, at)));
        return new(id, command, IsQuery: true, WantsNoAnswer: false);
    }

    private static BsonDocument Document(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream stream = new(bytes.ToArray());
        using BsonBinaryReader reader = new(stream);
        return BsonDocumentSerializer.Instance.Deserialize(
            BsonDeserializationContext.CreateRoot(reader)
        );
    }

    private static int Int(byte[] bytes, int at) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static void Put(byte[] bytes, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
