using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>A state of a <see cref="LeaseWorld"/>: bytes alone, so that two states are equal when their bytes are.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct WorldState
{
    public byte Now;
    public Told Told;
    public byte Stored;
    public byte ETag;
    public Silos Silos;
    public Holders Holders;
    public Messages Messages;
    public byte Leaves;
    public byte Failures;
    public byte ActivityWrites;

    public void Add(Message message)
    {
        int i = 0;
        while (Messages[i].Kind != MessageKind.None)
            i++;
        for (; i > 0 && Messages[i - 1].Order > message.Order; i--)
            Messages[i] = Messages[i - 1];
        Messages[i] = message;
    }

    public void Remove(int i)
    {
        for (; i + 1 < Messages.Most && Messages[i + 1].Kind != MessageKind.None; i++)
            Messages[i] = Messages[i + 1];
        Messages[i] = default;
    }

    public void RemoveWhere(Func<Message, bool> isRemoved)
    {
        for (int i = Messages.Most - 1; i >= 0; i--)
        {
            if (Messages[i].Kind != MessageKind.None && isRemoved(Messages[i]))
                Remove(i);
        }
    }

    public readonly int MessageCount
    {
        get
        {
            int count = 0;
            while (count < Messages.Most && Messages[count].Kind != MessageKind.None)
                count++;
            return count;
        }
    }
}

/// <summary>What callers know of the revocation.</summary>
[Flags]
internal enum Told : byte
{
    Nothing = 0,

    /// <summary>A call was answered.</summary>
    Answered = 1,

    /// <summary>A check was refused.</summary>
    Refused = 2,
}

/// <summary>What becomes of a silo.</summary>
internal enum Membership : byte
{
    Member,

    /// <summary>It grants and answers nothing any more, and waits until its leases have passed.</summary>
    Leaving,

    /// <summary>Others have declared it dead. It may not know.</summary>
    Declared,

    /// <summary>It runs no more; others have yet to find out.</summary>
    Crashed,

    /// <summary>It runs no more, and others know.</summary>
    CrashedAndDeclared,

    /// <summary>It has left in order.</summary>
    Left,
}

/// <summary>What an activation does.</summary>
internal enum Activation : byte
{
    None,
    Idle,

    /// <summary>It revokes: the write has not happened.</summary>
    Writing,

    /// <summary>The write has happened; its answer has not arrived.</summary>
    WrittenUnknown,

    /// <summary>The write is known to be stored; the recall goes on.</summary>
    Written,

    /// <summary>It recalls its copies before it leaves.</summary>
    Leaving,
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SiloState
{
    public Membership Membership;
    public Activation Activation;

    /// <summary>When the fence closes.</summary>
    public byte Fence;

    /// <summary>The version of the last recall or activation.</summary>
    public byte Counter;

    /// <summary>The entity tag that the activation knows.</summary>
    public byte ETag;

    /// <summary>Whether the revocation is visible to checks.</summary>
    public byte Visible;

    /// <summary>The registered holders.</summary>
    public ushort Holders;

    /// <summary>The version of the recall in progress; 0 if none is.</summary>
    public byte Below;

    /// <summary>The ends of the leases when the recall began.</summary>
    public Pair<byte> GrantedUntil;

    /// <summary>The leases to each holder.</summary>
    public Pair<ushort> Granted;

    public readonly bool Runs => Membership < Membership.Crashed;

    public readonly bool IsKnownDead =>
        Membership is Membership.Declared or Membership.CrashedAndDeclared;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct HolderState
{
    /// <summary>The leases from each silo.</summary>
    public Pair<ushort> Leases;

    /// <summary>The copy that it keeps.</summary>
    public ushort Copy;

    /// <summary>A copy that it has decided to keep.</summary>
    public ushort ToKeep;

    /// <summary>The copy that a check has looked up. Checks that begin too early to be wrong are not played.</summary>
    public ushort CheckCopy;

    /// <summary>The lease that it has read.</summary>
    public ushort CheckLease;

    /// <summary>How many questions it has asked, and how often it has asked for a lease.</summary>
    public byte Questions;
    public byte Renewals;
}

internal enum MessageKind : byte
{
    None,
    Question,
    Answer,
    Renewal,
    Grant,
    Recall,
    Acknowledgement,

    /// <summary>Within a silo.</summary>
    Registration,

    /// <summary>Within a holder.</summary>
    Drop,
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Message
{
    public MessageKind Kind;
    private byte _ends;
    public byte Asked;
    public byte Content;

    public Message(MessageKind kind, int silo, int holder, int asked = 0, int content = 0) =>
        (Kind, _ends, Asked, Content) = (
            kind,
            (byte)(silo << 1 | holder),
            (byte)asked,
            checked((byte)content)
        );

    public readonly int Silo => _ends >> 1;

    public readonly int Holder => _ends & 1;

    public readonly uint Order => (uint)Kind << 24 | (uint)_ends << 16 | (uint)Asked << 8 | Content;
}

[InlineArray(2)]
internal struct Pair<T>
{
    private T _first;
}

[InlineArray(2)]
internal struct Silos
{
    private SiloState _first;
}

[InlineArray(2)]
internal struct Holders
{
    private HolderState _first;
}

[InlineArray(4)]
internal struct Messages
{
    private Message _first;

    public const int Most = 4;
}
