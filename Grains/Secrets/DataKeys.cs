using Microsoft.Extensions.Options;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Grains.Secrets;

/// <summary>
/// Keys derived from <c>DATA_KEYS</c> for a purpose: new data uses the first; all are accepted (rotation).
/// </summary>
internal sealed class DataKeys(IOptions<DataKeyOptions> options)
{
    public IReadOnlyList<byte[]> For(string purpose) =>
        new KeyRing(SecretStrength.Split(options.Value.DataKeys), "data " + purpose).All.ToArray();
}
