namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>What may be wrong with an authenticator's answer, whatever it was asked for.</summary>
public static class CeremonyFaults
{
    private static readonly Dictionary<string, Ceremony> s_faults = new()
    {
        ["the user was not verified"] = new() { Verified = false },
        ["the user was not present"] = new() { Present = false },
        ["a sibling's origin"] = new() { Origin = "https://app.nodeauth.test" },
        ["the API's origin"] = new() { Origin = PasskeyNode.Api },
        ["another port"] = new() { Origin = "https://nodeauth.test:8443" },
        ["plain http"] = new() { Origin = "http://nodeauth.test" },
        ["a slash after the origin"] = new() { Origin = "https://nodeauth.test/" },
        ["an origin in capitals"] = new() { Origin = "https://NODEAUTH.test" },
        ["an origin that begins alike"] = new() { Origin = "https://nodeauth.test.evil.example" },
        ["no origin"] = new() { Origin = "" },
        ["a frame of another origin"] = new() { CrossOrigin = true },
        ["a page of another origin above"] = new() { TopOrigin = "https://evil.example" },
        ["another relying party"] = new() { RelyingParty = "evil.example" },
        ["a sibling as relying party"] = new() { RelyingParty = "app.nodeauth.test" },
        ["another challenge"] = new() { Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        ["another kind of answer"] = new() { Type = "payment.get" },
        ["a raw id that is not the id"] = new()
        {
            RawId = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        },
        ["another credential's id"] = new() { Id = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        ["synced, yet not eligible"] = new() { BackedUp = true },
    };

    /// <summary>Their names.</summary>
    public static TheoryData<string> All => new(s_faults.Keys);

    /// <summary>An answer with that fault.</summary>
    public static Ceremony Of(string fault) => s_faults[fault];
}
