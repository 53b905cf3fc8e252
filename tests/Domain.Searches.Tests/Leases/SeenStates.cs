using System.Runtime.InteropServices;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>The states that were reached, each with the one before it, in the order in which they were.</summary>
internal sealed class SeenStates
{
    private const int ChunkSize = 1 << 16;

    private readonly List<WorldState[]> _chunks = [];
    private readonly List<int> _before = [];
    private int[] _table = new int[1 << 20];

    public int Count => _before.Count;

    public ref readonly WorldState this[int index] =>
        ref _chunks[index / ChunkSize][index % ChunkSize];

    public static bool AreEqual(in WorldState one, in WorldState other) =>
        Bytes(one).SequenceEqual(Bytes(other));

    public int Before(int index) => _before[index];

    /// <summary>Adds a state, unless it was reached before.</summary>
    public void Add(in WorldState state, int before)
    {
        if (Count > _table.Length / 2)
            Grow();
        int place = Place(state);
        if (_table[place] != 0)
            return;
        if (Count % ChunkSize == 0)
            _chunks.Add(new WorldState[ChunkSize]);
        _chunks[^1][Count % ChunkSize] = state;
        _before.Add(before);
        _table[place] = Count;
    }

    private int Place(in WorldState state)
    {
        ReadOnlySpan<byte> bytes = Bytes(state);
        int place = (int)(Hash(bytes) & (ulong)(_table.Length - 1));
        while (_table[place] != 0 && !bytes.SequenceEqual(Bytes(this[_table[place] - 1])))
            place = place + 1 & _table.Length - 1;
        return place;
    }

    private void Grow()
    {
        _table = new int[_table.Length * 2];
        for (int i = 0; i < Count; i++)
            _table[Place(this[i])] = i + 1;
    }

    private static ReadOnlySpan<byte> Bytes(in WorldState state) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in state, 1));

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0;
        int i = 0;
        for (; i + sizeof(ulong) <= bytes.Length; i += sizeof(ulong))
            hash = Mixed(hash, MemoryMarshal.Read<ulong>(bytes[i..]));
        for (; i < bytes.Length; i++)
            hash = Mixed(hash, bytes[i]);
        return hash;
    }

    private static ulong Mixed(ulong hash, ulong word)
    {
        ulong mixed = (hash ^ word) * 0x9E37_79B9_7F4A_7C15;
        return mixed ^ mixed >> 29;
    }
}
