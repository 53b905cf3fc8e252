using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace SessionAuth.Grains.Interfaces.Serialization;

/// <summary>Serializes a domain enum as its number without boxing, as Orleans' generated codecs do.</summary>
/// <typeparam name="TEnum">An enum whose underlying type is <see cref="int"/>.</typeparam>
internal sealed class EnumCodec<TEnum> : IFieldCodec<TEnum>
    where TEnum : struct, Enum
{
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer,
        uint fieldIdDelta,
        [AllowNull] Type expectedType,
        TEnum value
    )
        where TBufferWriter : IBufferWriter<byte> =>
        Int32Codec.WriteField(
            ref writer,
            fieldIdDelta,
            expectedType,
            Unsafe.BitCast<TEnum, int>(value),
            typeof(TEnum)
        );

    public TEnum ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        Unsafe.BitCast<int, TEnum>(Int32Codec.ReadValue(ref reader, field));
}
