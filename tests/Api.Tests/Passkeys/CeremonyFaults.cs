namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Faults that the response of an authenticator can have, in both ceremonies.</summary>
public static class CeremonyFaults
{
    private static readonly Dictionary<string, Ceremony> s_faults = new()
    {
        ["the user was not verified"] = new() { UserVerified = false },
        ["the user was not present"] = new() { UserPresent = false },
        ["the origin of another subdomain"] = new() { Origin = "https://app.nodeauth.test" },
        ["the API's origin"] = new() { Origin = PasskeyNode.Api },
        ["another port"] = new() { Origin = "https://nodeauth.test:8443" },
        ["plain http"] = new() { Origin = "http://nodeauth.test" },
        ["a slash after the origin"] = new() { Origin = "https://nodeauth.test/" },
        ["an origin in upper case"] = new() { Origin = "https://NODEAUTH.test" },
        ["an origin with ours as prefix"] = new() { Origin = "https://nodeauth.test.evil.example" },
        ["no origin"] = new() { Origin = "" },
        ["a cross-origin frame"] = new() { CrossOrigin = true },
        ["a top origin that is another"] = new() { TopOrigin = "https://evil.example" },
        ["another relying party"] = new() { RelyingParty = "evil.example" },
        ["another subdomain as relying party"] = new() { RelyingParty = "app.nodeauth.test" },
        ["another challenge"] = new() { Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        ["another type"] = new() { Type = "payment.get" },
        ["a raw id that differs from the id"] = new()
        {
            RawId = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        },
        ["the id of another credential"] = new()
        {
            Id = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        },
        ["backed up without being eligible"] = new() { BackedUp = true },
    };

    /// <summary>The names of the faults.</summary>
    public static TheoryData<string> All => new(s_faults.Keys);

    /// <summary>A ceremony with this fault.</summary>
    public static Ceremony Of(string fault) => s_faults[fault];
}
