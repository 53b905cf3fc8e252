using System.Text.Json;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

public sealed class SessionStateTests
{
    // As earlier versions stored it.
    private const string Stored = """
        {
          "UserId": "0190163d8694739bbc9ac4f5a1d6b1f4",
          "Device": { "Browser": "Firefox 140", "System": "Linux", "Ip": "192.0.2.1" },
          "Persistent": true,
          "CreatedAt": "2026-01-01T12:00:00+00:00",
          "ExpiresAt": "2026-04-01T12:00:00+00:00",
          "IdleTimeout": "30.00:00:00",
          "LastSeenAt": "2026-01-02T12:00:00+00:00",
          "Rotation": {
            "Generation": 1,
            "RotatedAt": null,
            "LeastGeneration": 0,
            "Deliveries": { "ForgottenBelow": 1, "Remembered": [] }
          },
          "AuthenticatedAt": "2026-01-01T12:00:00+00:00",
          "AuthenticationMethods": [0, 1],
          "Restricted": false,
          "RestrictedBefore": false,
          "Replaces": [],
          "RevokedAt": null,
          "RevokeReason": null
        }
        """;

    [Fact]
    public void A_session_that_an_earlier_version_stored_is_read_and_written_the_same()
    {
        string written = JsonSerializer.Serialize(Read());

        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(Stored), JsonElement.Parse(written)),
            written
        );
    }

    [Fact]
    public void Sessions_that_are_read_from_storage_share_the_usual_lists_of_methods()
    {
        Assert.Equal(
            [AuthenticationMethod.Password, AuthenticationMethod.Totp],
            Read().AuthenticationMethods
        );
        Assert.Same(Read().AuthenticationMethods, Read().AuthenticationMethods);
    }

    [Fact]
    public void A_list_of_methods_that_is_not_usual_is_kept_as_it_is()
    {
        AuthenticationMethod[] methods = [AuthenticationMethod.Totp, AuthenticationMethod.Password];

        SessionState state = new() { AuthenticationMethods = methods };

        Assert.Equal(methods, state.AuthenticationMethods);
    }

    private static SessionState Read() => JsonSerializer.Deserialize<SessionState>(Stored)!;
}
