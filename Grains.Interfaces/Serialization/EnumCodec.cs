using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace SessionAuth.Grains.Interfaces.Serialization;

/// <summary>
/// Writes an enum of the domain as its number, as Orleans' generated code does for the enums that it knows. Without it,
/// each value would be boxed.
/// </summary>
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
