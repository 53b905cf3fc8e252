using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Rotation and the detection of stolen tokens, of sessions that every node has a copy of.</summary>
[Collection(RulesClusterTests.Name)]
public sealed class RotationRulesTests(RulesCluster rules)
{
    // More than a session remembers (Deliveries.MostRemembered): the first was superseded long ago.
    private const int Rotations = 18;

    [Fact(
        DisplayName = "S-15 Reuse of an old refresh token revokes the session at all nodes at once though each has a copy"
    )]
    public async Task Reuse_of_an_old_refresh_token_revokes_the_session_at_all_nodes_at_once_though_each_has_a_copy()
    {
        (Device owner, _) = await rules.NewDevice();
        using Device thief = owner.WithRefreshTokenOnly();
        for (int i = 0; i < Rotations; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await owner.Refresh(Any())).Status);
        await rules.Copy(owner);
        using Device access = owner.WithAccessTokenOnly();

        SessionHistory history = await rules.RecordAround(
            access,
            async () =>
                Assert.Equal(
                    (HttpStatusCode.Unauthorized, "not-signed-in"),
                    await Refused(thief, Any())
                )
        );

        Assert.Null(history.Violation());
        foreach (ClusterNode node in rules.Nodes)
            Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Refresh(node)).Status);
    }

    [Theory(
        DisplayName = "S-15 Rotation is confirmed by the first use of its access token at any node though each has a copy"
    )]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rotation_is_confirmed_by_the_first_use_of_its_access_token_at_any_node_though_each_has_a_copy(
        int node
    )
    {
        (Device device, _) = await rules.NewDevice();
        await rules.Copy(device);
        using Device before = device.Copy();
        using Device lost = device.Copy();

        // Its answer is lost, and so the token before it goes on working, and its copies answer.
        Assert.Equal(HttpStatusCode.NoContent, (await lost.Refresh(Any())).Status);
        await rules.Copy(before);
        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(Any())).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await before.Copy().Refresh(Any())).Status);

        using Device access = device.WithAccessTokenOnly();
        Assert.Equal(HttpStatusCode.OK, (await access.Check(rules.Nodes[node])).Status);

        foreach (ClusterNode any in rules.Nodes)
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "token-superseded"),
                await Refused(before.WithRefreshTokenOnly(), any)
            );
        await rules.Copy(before);
        await rules.Copy(device);
        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(Any())).Status);
    }

    [Fact]
    public async Task Rotation_is_confirmed_by_its_refresh_token_too_though_each_node_has_a_copy()
    {
        (Device device, _) = await rules.NewDevice();
        await rules.Copy(device);
        using Device before = device.WithRefreshTokenOnly();
        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(Any())).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(Any())).Status);

        foreach (ClusterNode node in rules.Nodes)
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "token-superseded"),
                await Refused(before, node)
            );
        await rules.Copy(device);
    }

    private ClusterNode Any() => rules.Nodes[Random.Shared.Next(rules.Nodes.Count)];

    private static async Task<(HttpStatusCode Status, string? Code)> Refused(
        Device device,
        IRequestTarget node
    )
    {
        using HttpResponseMessage answer = await device.Post(node, "/refresh");
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.GetProperty("code").GetString());
    }
}
