using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Counts the passwords that a node hashes.</summary>
public sealed class HashCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _hashed;

    public HashCount(RunningNode node)
    {
        IMeterFactory meters = node.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, to) =>
        {
            if (
                instrument.Name == "sessionauth.passwords.hashed"
                && ReferenceEquals(instrument.Meter.Scope, meters)
            )
                to.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, value, _, _) => Interlocked.Add(ref _hashed, value)
        );
        _listener.Start();
    }

    public long Hashed => Interlocked.Read(ref _hashed);

    public void Dispose() => _listener.Dispose();
}
