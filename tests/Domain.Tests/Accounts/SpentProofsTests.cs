using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Used proofs are remembered, so that each signs in only once.</summary>
public sealed class SpentProofsTests
{
    private static readonly AccountRules s_private = new()
    {
        RegistrationIsPrivate = true,
        NeedsVerifiedEmail = true,
    };

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 1)]
    public void Completed_sign_in_is_remembered_for_longer_than_its_first_step_is_valid(
        long ticks,
        int remembered
    )
    {
        (Account account, string secret, _) = Given.WithTotp();
        TimeSpan after = TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(ticks);
        account = Complete(account, "first", secret, default).Next!;

        account = Complete(account, "second", secret, after).Next!;

        Assert.Equal(remembered, account.CompletedLogins.Count);
        Assert.Equal("second", account.CompletedLogins[^1].Login);
    }

    [Fact]
    public void Code_does_not_complete_a_sign_in_that_began_before_the_stamp_changed()
    {
        (Account account, string secret, _) = Given.WithTotp();

        foreach (
            Account later in (Account[])
                [account with { Stamp = account.Stamp + 1 }, account with { Email = null }]
        )
        {
            AccountDecision<CompleteSignInResult> decision = later.CompleteSignIn(
                "login",
                account.Stamp,
                Given.TotpCode(secret),
                Given.SignIn(),
                Given.Context()
            );

            Assert.IsType<CompleteSignInResult.Expired>(decision.Result(new()));
            Assert.Null(decision.Next);
        }
    }

    [Fact]
    public void Completed_sign_in_is_an_event_and_a_wrong_code_is_recorded_with_its_device()
    {
        (Account account, string secret, _) = Given.WithTotp();

        AccountEvent happened = Complete(account, "login", secret, default).Next!.Activity[0];
        AccountEvent? noted = Complete(account, "login", secret, TimeSpan.FromHours(-2)).Noted;

        Assert.Equal((AccountEventKind.SignedIn, Given.Device), (happened.Kind, happened.Device));
        Assert.Equal((AccountEventKind.CodeFailed, Given.Device), (noted!.Kind, noted.Device));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Challenge_is_remembered_for_a_minute_longer_than_it_is_valid(
        long ticks,
        bool isRemembered
    )
    {
        Account account = Given.WithPasskeys(1);
        account = account
            .SignInWithPasskey(Given.Use(account), Given.SignIn(), Given.Context())
            .Next!;
        AccountContext later = Given.Context(
            after: TimeSpan.FromMinutes(6) + TimeSpan.FromTicks(ticks)
        );

        Account next = account
            .SignInWithPasskey(Given.Use(account, nonce: "another"), Given.SignIn(), later)
            .Next!;

        Assert.Equal(isRemembered, next.SpentChallenges.Any(spent => spent.Nonce == "nonce"));
        Assert.Equal("another", next.SpentChallenges[^1].Nonce);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void At_most_a_hundred_challenges_are_remembered(int spent, bool isGood)
    {
        DateTimeOffset good = Given.Now + TimeSpan.FromMinutes(5);
        Account account = Given.WithPasskeys(1) with
        {
            SpentChallenges =
            [
                .. Enumerable.Range(0, spent).Select(i => new SpentChallenge($"spent-{i}", good)),
            ],
        };

        Assert.Equal(
            isGood,
            account.SignInWithPasskey(Given.Use(account), Given.SignIn(), Given.Context()).Next
                is not null
        );
    }

    [Fact]
    public void Only_the_used_passkey_is_updated()
    {
        Account account = Given.WithPasskeys(2);
        PasskeyUse use = Given.Use(account) with { SignCount = 7, BackedUp = true };

        Account next = account.SignInWithPasskey(use, Given.SignIn(), Given.Context()).Next!;

        Assert.Equal(
            [
                account.Passkeys[0] with
                {
                    LastUsedAt = Given.Now,
                    SignCount = 7,
                    BackedUp = true,
                },
                account.Passkeys[1],
            ],
            next.Passkeys
        );
        Assert.Equal(
            (AccountEventKind.SignedIn, Given.Device),
            (next.Activity[0].Kind, next.Activity[0].Device)
        );
    }

    [Fact]
    public void Passkey_of_a_deleted_account_is_refused()
    {
        Account account = Given.WithPasskeys(1) with { Email = null };

        Assert.IsType<SignInWithPasskeyResult.Refused>(
            account
                .SignInWithPasskey(Given.Use(account), Given.SignIn(), Given.Context())
                .Result(new())
        );
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Passkey_does_not_sign_in_with_an_unverified_email_where_verification_is_required(
        bool isPrivate,
        bool mayBeTold
    )
    {
        Account account = Given.WithPasskeys(1, Given.Registered(verified: false));
        AccountRules rules = s_private with { RegistrationIsPrivate = isPrivate };

        AccountDecision<SignInWithPasskeyResult> decision = account.SignInWithPasskey(
            Given.Use(account),
            Given.SignIn(),
            Given.Context(rules)
        );

        Assert.Equal(
            new SignInWithPasskeyResult.EmailNotVerified(mayBeTold),
            decision.Result(new())
        );
        Assert.Null(decision.Starts);
        WaitingMail mail = Assert.Single(decision.Mails);
        Assert.Equal((MailKind.VerifyEmail, Given.Device), (mail.Kind, mail.Device));
    }

    private static AccountDecision<CompleteSignInResult> Complete(
        Account account,
        string login,
        string secret,
        TimeSpan after
    ) =>
        account.CompleteSignIn(
            login,
            account.Stamp,
            Given.TotpCode(secret, after),
            Given.SignIn(),
            Given.Context(after: after < TimeSpan.Zero ? default : after)
        );
}
