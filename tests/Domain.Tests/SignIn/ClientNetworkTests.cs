using System.Net;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.SignIn;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0-24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0-24")]
    [InlineData("64:ff9b::192.0.2.77", "192.0.2.0-24")]
    [InlineData("2002:c000:24d::1", "192.0.2.0-24")]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1:2::-64", "2001:db8:1::-56", "2001:db8:1::-48")]
    [InlineData(
        "2001:db8:1:234::",
        "2001:db8:1:234::-64",
        "2001:db8:1:200::-56",
        "2001:db8:1::-48"
    )]
    public void IP_address_belongs_to_these_networks(string address, params string[] names)
    {
        ClientNetwork network = ClientNetwork.Of(IPAddress.Parse(address));

        Assert.Equal(names, network.Names);
        Assert.Equal((names[0], names[^1]), (network.Narrowest, network.Widest));
        Assert.InRange(names.Length, 1, ClientNetwork.MaxNetworks);
    }
}
