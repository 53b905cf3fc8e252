namespace SessionAuth.Providers.Tests;

/// <summary>The description of states for a storage provider.</summary>
public sealed class StateModelTests
{
    [Fact]
    public void Description_names_the_members_of_the_type()
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
    public void State_without_a_description_has_no_special_members()
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
