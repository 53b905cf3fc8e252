namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>Gives equal values one small number, so that a state of a world that holds many of them is a few bytes.</summary>
/// <param name="key">All that tells two values apart.</param>
internal sealed class Interned<T>(Func<T, string> key)
    where T : class
{
    private readonly Dictionary<string, ushort> _numbers = [];
    private readonly List<T?> _values = [null];

    public T this[int number] => _values[number]!;

    /// <summary>The number of a value; 0 for null.</summary>
    public ushort Of(T? value)
    {
        if (value is null)
            return 0;
        string text = key(value);
        if (!_numbers.TryGetValue(text, out ushort number))
        {
            number = checked((ushort)_values.Count);
            _numbers.Add(text, number);
            _values.Add(value);
        }
        return number;
    }
}
