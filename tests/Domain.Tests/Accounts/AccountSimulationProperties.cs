using FsCheck;
using FsCheck.Fluent;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>What holds for an account in every order of operations and with every lost write or answer.</summary>
public sealed class AccountSimulationProperties
{
    internal static Arbitrary<Step> Steps()
    {
        Gen<CallOutcome> outcome = Gen.Frequency(
            (8, Gen.Constant(CallOutcome.Completes)),
            (
                3,
                Gen.Elements(
                    CallOutcome.NotRepeated,
                    CallOutcome.NotStored,
                    CallOutcome.DiesAfterWrite,
                    CallOutcome.AnswerLost
                )
            )
        );
        return (
            from operation in Gen.Choose(0, 33)
            from who in Gen.Choose(0, 30)
            from what in Gen.Choose(0, 60)
            from ends in outcome
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
    public void Every_history_of_an_account_keeps_its_invariants(
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
                    AccountSimulation simulation = new(rules, isVerified);
                    foreach (Step step in steps)
                        simulation.Take(step);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(SimulationAttribute.Of(25)));
    }
}
