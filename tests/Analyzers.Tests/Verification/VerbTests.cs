using System.Threading.Tasks;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>The verbs, on a rule and a fix that are right: each passes and fails where it should.</summary>
public sealed class VerbTests : RuleTests<GoodRule, GoodFix>
{
    [Fact]
    public Task Reports_marks() => Reports(Source.With("[|Bad|](); {|TST001:Bad|}();"));

    [Fact]
    public Task Reports_a_message() => Reports(Source.With("[|Bad|]();"), "'Bad' is called");

    [Fact]
    public Task Reports_fails_on_another_message() =>
        Failure.Says("'Bad' is called", () => Reports(Source.With("[|Bad|]();"), "Something else"));

    [Fact]
    public Task Reports_fails_on_two_marks_with_a_message() =>
        Failure.Says("2 are marked", () => Reports(Source.With("[|Bad|](); [|Bad|]();"), "'Bad' is called"));

    [Fact]
    public Task Reports_fails_without_marks() =>
        Failure.Says("Nothing is marked", () => Reports(Source.With("Bad();")));

    [Fact]
    public Task Reports_fails_where_nothing_is_reported() =>
        Failure.Says("expected \"1\" actual \"0\"", () => Reports(Source.With("[|Good|]();")));

    [Fact]
    public Task Ignores_other_calls() => Ignores(Source.With("Good();"));

    [Fact]
    public Task Ignores_fails_on_a_report() => Failure.Says("TST001", () => Ignores(Source.With("Bad();")));

    [Fact]
    public Task Ignores_fails_on_code_that_does_not_compile() =>
        Failure.Says("CS0103", () => Ignores(Source.With("unknown();")));

    [Fact]
    public Task Ignores_fails_on_marks() =>
        Failure.Says("Something is marked", () => Ignores(Source.With("[|Bad|]();")));

    [Fact]
    public Task Fixes_with_the_first_action() =>
        Fixes(Source.With("[|Bad|](); [|Bad|]();"), Source.With("Good(); Good();"));

    [Fact]
    public Task Fixes_with_a_plan() =>
        Fixes(Source.With("[|Bad|]();"), Source.With("Fine();"), plan: "Fine", title: "Call Fine");

    [Fact]
    public Task Fixes_fails_with_another_plan_and_shows_the_menu() =>
        Failure.Says(
            "Offered:\n    TST001: Call Good\n    TST001.Fine: Call Fine",
            () => Fixes(Source.With("[|Bad|]();"), Source.With("Good();"), plan: "Unknown"));

    [Fact]
    public Task Fixes_fails_with_another_title() =>
        Failure.Says(
            "Expected the title 'Call Fine' but was 'Call Good'",
            () => Fixes(Source.With("[|Bad|]();"), Source.With("Good();"), title: "Call Fine"));

    [Fact]
    public Task Fixes_fails_where_nothing_changes() =>
        Failure.Says("use OffersNoFix", () => Fixes(Source.With("[|Bad|]();"), Source.With("[|Bad|]();")));

    [Fact]
    public Task Offers_the_menu() => Offers(Source.With("[|Bad|](); [|Bad|]();"), "Call Good", "Call Fine");

    [Fact]
    public Task Offers_fails_on_another_order() =>
        Failure.Says(
            "Expected the menu\n    Call Fine\n    Call Good\nbut was\n    Call Good\n    Call Fine",
            () => Offers(Source.With("[|Bad|]();"), "Call Fine", "Call Good"));

    [Fact]
    public Task Offers_no_fix_with_a_plan_that_does_not_hold() => OffersNoFix(Source.With("[|Bad1|]();"), "Fine");

    [Fact]
    public Task OffersNoFix_fails_on_a_fix() =>
        Failure.Says("TST001: Call Good", () => OffersNoFix(Source.With("[|Bad|]();")));

    [Fact]
    public Task OffersNoFix_fails_on_the_plan() =>
        Failure.Says("No fix TST001.Fine", () => OffersNoFix(Source.With("[|Bad|]();"), "Fine"));

    [Fact]
    public Task OffersNoFix_fails_where_nothing_is_reported() =>
        Failure.Says("expected \"1\" actual \"0\"", () => OffersNoFix(Source.With("[|Good|]();")));
}

/// <summary>The verbs on a rule that is off by default.</summary>
public sealed class OptionalVerbTests : RuleTests<OptionalRule, GoodFix>
{
    [Fact]
    public Task Reports_though_it_is_off() => Reports(Source.With("[|Bad|]();"));

    [Fact]
    public Task Fixes_though_it_is_off() => Fixes(Source.With("[|Bad|]();"), Source.With("Good();"));
}

/// <summary>The verbs on a fix whose plans come in another order.</summary>
public sealed class FirstPlanVerbTests : RuleTests<GoodRule, FineFirstFix>
{
    [Fact]
    public Task OffersNoFix_fails_on_a_plan_that_comes_first() =>
        Failure.Says("it is the first plan", () => OffersNoFix(Source.With("[|Bad|]();"), "Fine"));
}

/// <summary>The verbs on a fix that calls something obsolete.</summary>
public sealed class WarningVerbTests : RuleTests<GoodRule, WarningFix>
{
    [Fact]
    public Task Fixes_fails_on_a_new_warning() =>
        Failure.Says(
            "The fix adds compiler warnings",
            () => Fixes(Source.With("[|Bad|]();"), Source.With("Old();")));

    [Fact]
    public Task A_new_warning_can_be_allowed() =>
        Fixes(
            Source.With("[|Bad|]();"),
            Source.With("Old();"),
            code: Code.Default with { NewWarnings = ["CS0612"] });
}

/// <summary>The verbs on a fix that offers nothing.</summary>
public sealed class NoFixVerbTests : RuleTests<GoodRule, NoFix>
{
    [Fact]
    public Task Offers_no_fix() => OffersNoFix(Source.With("[|Bad|]();"));

    [Fact]
    public Task Offers_fails_on_an_empty_menu() =>
        Failure.Says("(nothing)", () => Offers(Source.With("[|Bad|]();"), "Call Good"));
}

/// <summary>The verbs on a fix for a warning of the compiler.</summary>
public sealed class CompilerFixVerbTests : RuleTests<GoodRule, CompilerFix>
{
    [Fact]
    public Task The_warning_needs_no_mark_where_a_test_is_not_about_it() =>
        Fixes(Source.With("[|Bad|](); Old();"), Source.With("Good(); Old();"));

    [Fact]
    public Task A_marked_warning_is_fixed() =>
        Fixes(Source.With("{|CS0612:Old()|};"), Source.With("Good();"));
}
