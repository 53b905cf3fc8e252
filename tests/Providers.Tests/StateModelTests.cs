namespace SessionAuth.Providers.Tests;

/// <summary>What a storage is told of the states that it keeps.</summary>
public sealed class StateModelTests
{
    [Fact]
    public void A_description_names_the_members_of_the_type()
    {
        StateDescription documents = StateDescription.Of<Document>(
            "documents",
            expires: document => document.ExpiresAt,
            scheduled: document => document.DueAt,
            lookedUp: document => document.Text
        );

        Assert.Equal("ExpiresAt", documents.Expires);
        Assert.Equal("DueAt", documents.Scheduled);
        Assert.Equal(["Text"], documents.LookedUp);
    }

    [Fact]
    public void A_state_that_is_not_described_has_no_special_members()
    {
        StateDescription unknown = Document.Scheduled["Documents"];

        Assert.Null(unknown.Expires);
        Assert.Null(unknown.Scheduled);
        Assert.Empty(unknown.LookedUp);
    }

    [Fact]
    public void Only_a_member_of_the_state_itself_can_be_named() =>
        Assert.Throws<ArgumentException>(() =>
            StateDescription.Of<Document>(
                "documents",
                expires: document => document.ExpiresAt!.Value.AddDays(1)
            )
        );
}
