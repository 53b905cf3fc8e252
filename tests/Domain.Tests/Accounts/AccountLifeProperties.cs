using FsCheck;
using FsCheck.Fluent;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>What holds of an account whatever happens to it, and whatever gets lost on the way.</summary>
public sealed class AccountLifeProperties
{
    internal static Arbitrary<Step> Steps()
    {
        Gen<Fate> fate = Gen.Frequency(
            (8, Gen.Constant(Fate.Whole)),
            (3, Gen.Elements(Fate.GivenUp, Fate.NotStored, Fate.DiesAfterWrite, Fate.AnswerLost))
        );
        return (
            from operation in Gen.Choose(0, 33)
            from who in Gen.Choose(0, 30)
            from what in Gen.Choose(0, 60)
            from ends in fate
            select new Step(operation, who, what, ends)
        ).ToArbitrary();
    }

    public static TheoryData<bool, bool, bool> Settings =>
        new()
        {
            { true, false, false },
            { true, true, false },
            { false, false, false },
            { false, false, true },
            { false, true, true },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_life_keeps_what_an_account_promises(
        bool isVerified,
        bool needsTwoFactors,
        bool isPrivate
    )
    {
        AccountRules rules = new()
        {
            NeedsTwoFactors = needsTwoFactors,
            RegistrationIsPrivate = isPrivate,
            MaxSessions = 4,
            MaxPasskeys = 2,
            ProofAge = TimeSpan.FromHours(2),
        };
        Prop.ForAll(
                Steps().Generator.ListOf(60).ToArbitrary(),
                steps =>
                {
                    AccountLife life = new(rules, isVerified);
                    foreach (Step step in steps)
                        life.Take(step);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
