using System.Net;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Costs;

/// <inheritdoc cref="IMessageGrain"/>
[GrainType("bench-messages")]
internal sealed class MessageGrain(ILocalSiloDetails silo) : Grain, IMessageGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public async Task Recall(ILeaseHolder holder, Guid silo, int times)
    {
        for (int i = 0; i < times; i++)
            await holder.Recall(silo, [new(SessionId.New(), Below: 1)]);
    }

    public async Task Ask(IMessageGrain other, int known, int times)
    {
        for (int i = 0; i < times; i++)
            await other.Report(known);
    }

    public Task<SiloAddress[]> Report(int known) =>
        Task.FromResult(
            Enumerable
                .Range(1, known)
                .Select(port => SiloAddress.New(IPAddress.Loopback, port, generation: port))
                .ToArray()
        );
}
