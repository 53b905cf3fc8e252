using System.Net;
using OtpNet;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Step-ups and restricted sessions, of sessions that every node has a copy of.</summary>
[Collection(RulesClusterTests.Name)]
public sealed class StepUpRulesTests(RulesCluster rules)
{
    [Fact(
        DisplayName = "S-36 Access token from before a step-up is refused by all nodes at once though each has a copy"
    )]
    public async Task Access_token_from_before_a_step_up_is_refused_by_all_nodes_at_once_though_each_has_a_copy()
    {
        (Device device, Totp app) = await rules.NewDevice();
        await rules.Copy(device);
        using Device before = device.WithAccessTokenOnly();

        SessionHistory history = await rules.RecordAround(
            before,
            async () =>
            {
                using HttpResponseMessage stepUp = await device.Post(
                    rules.Cluster.Any(),
                    "/step-up",
                    new { password = Device.Password, code = app.ComputeTotp() }
                );
                Assert.Equal(HttpStatusCode.NoContent, stepUp.StatusCode);
            }
        );

        Assert.Null(history.Violation());
        await rules.Copy(device);
    }

    [Fact(
        DisplayName = "S-36 Client whose step-up answer was lost stays signed in at all nodes though each has a copy"
    )]
    public async Task Client_whose_step_up_answer_was_lost_stays_signed_in_at_all_nodes_though_each_has_a_copy()
    {
        (Device device, Totp app) = await rules.NewDevice();
        await rules.Copy(device);
        using HttpResponseMessage lost = await device.Post(
            rules.Cluster.Any(),
            "/step-up",
            new { password = Device.Password, code = app.ComputeTotp() },
            keepsCookies: false
        );
        Assert.Equal(HttpStatusCode.NoContent, lost.StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(rules.Cluster.Any())).Status);

        await rules.Copy(device);
    }

    [Fact(
        DisplayName = "S-32 Restricted session is restricted at all nodes by their copies until a second factor was added"
    )]
    public async Task Restricted_session_is_restricted_at_all_nodes_by_their_copies_until_a_second_factor_was_added()
    {
        Device device = await rules.RestrictedDevice();
        await rules.Copy(device, HttpStatusCode.Forbidden);
        Totp app = await rules.Offer(device);
        using Device before = device.WithAccessTokenOnly();

        using HttpResponseMessage confirmed = await RulesCluster.Confirm(
            device,
            app,
            rules.Cluster.Any()
        );

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        await rules.Copy(device);
        foreach (ClusterNode node in rules.Nodes)
            Assert.Equal(HttpStatusCode.Unauthorized, (await before.Check(node)).Status);
    }

    [Fact(
        DisplayName = "S-36 Session is restricted again at all nodes when the token from before its second factor comes back"
    )]
    public async Task Session_is_restricted_again_at_all_nodes_when_the_token_from_before_its_second_factor_comes_back()
    {
        Device device = await rules.RestrictedDevice();
        await rules.Copy(device, HttpStatusCode.Forbidden);
        Totp app = await rules.Offer(device);
        using HttpResponseMessage lost = await RulesCluster.Confirm(
            device,
            app,
            rules.Cluster.Any(),
            keepsCookies: false
        );
        Assert.Equal(HttpStatusCode.OK, lost.StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await device.Refresh(rules.Cluster.Any())).Status);

        await rules.Copy(device, HttpStatusCode.Forbidden);
    }

    [Fact(
        DisplayName = "S-23 Added second factor ends the other sessions at all nodes at once though each has a copy"
    )]
    public async Task Added_second_factor_ends_the_other_sessions_at_all_nodes_at_once_though_each_has_a_copy()
    {
        Device device = await rules.RestrictedDevice();
        using Device other = new(device.Email);
        await rules.SignIn(other);
        await rules.Copy(other, HttpStatusCode.Forbidden);
        Totp app = await rules.Offer(device);

        using HttpResponseMessage confirmed = await RulesCluster.Confirm(
            device,
            app,
            rules.Cluster.Any()
        );

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        using Device access = other.WithAccessTokenOnly();
        foreach (ClusterNode node in rules.Nodes)
            Assert.Equal(HttpStatusCode.Unauthorized, (await access.Check(node)).Status);
    }
}
