using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>The fence wraps the membership table, however its provider registers it.</summary>
public sealed class FenceRegistrationTests
{
    [Theory]
    [InlineData("instance")]
    [InlineData("factory")]
    [InlineData("type")]
    public async Task Fence_wraps_the_table_however_it_is_registered(string way)
    {
        InjectedTable table = new();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(Options.Create(new ClusterTimings())).AddSingleton(table);
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(11111, 0)
                .Configure<ClusterOptions>(options =>
                    options.ClusterId = options.ServiceId = "test"
                );
            IServiceCollection services = silo.Services;
            _ = way switch
            {
                "instance" => services.AddSingleton<IMembershipTable>(table),
                "factory" => services.AddSingleton<IMembershipTable>(provider =>
                    provider.GetRequiredService<InjectedTable>()
                ),
                _ => services.AddSingleton<IMembershipTable, OwnTable>(),
            };
            silo.AddFence();
        });
        using IHost host = builder.Build();

        IMembershipTable fenced = host.Services.GetRequiredService<IMembershipTable>();

        Assert.IsType<FencedMembershipTable>(fenced);
        Assert.Empty((await fenced.ReadAllAsync(CancellationToken.None)).Members);
    }

    private sealed class OwnTable : InjectedTable;
}
