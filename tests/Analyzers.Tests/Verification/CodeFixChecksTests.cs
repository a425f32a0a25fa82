using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>What a code fix test checks.</summary>
public sealed class CodeFixChecksTests
{
    [Fact]
    public Task A_fix_writes_the_fixed_code() =>
        TestOf<GoodRule, GoodFix>("[|Bad|](); [|Bad|]();", "Good(); Good();").RunAsync();

    [Fact]
    public Task Another_text_fails() =>
        Fails<GoodFix>("content of '/0/Test0.cs' did not match", "[|Bad|]();", "Fine();");

    [Fact]
    public Task The_difference_is_shown() =>
        Failure.Says(
            "-        Fine();\n+        Good();\n",
            () => TestOf<GoodRule, GoodFix>("[|Bad|]();", "Fine();").RunAsync());

    [Fact]
    public Task A_compiler_error_after_the_fix_fails() => Fails<BreakingFix>("CS0103", "[|Bad|]();", "Missing();");

    [Fact]
    public Task A_compiler_error_after_the_fix_can_be_expected()
    {
        var test = TestOf<GoodRule, BreakingFix>("[|Bad|]();", "{|CS0103:Missing|}();");
        return test.RunAsync();
    }

    [Fact]
    public Task A_report_that_stays_fails()
    {
        var test = TestOf<GoodRule, SlowFix>("[|Bad1|]();", "Bad();");
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne;
        return Failure.Says("expected \"0\" actual \"1\"", () => test.RunAsync());
    }

    [Fact]
    public Task A_report_that_stays_can_be_expected()
    {
        var test = TestOf<GoodRule, SlowFix>("[|Bad1|]();", "[|Bad|]();");
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne;
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        return test.RunAsync();
    }

    [Fact]
    public Task Reports_without_fix_stay() => TestOf<GoodRule, NoFix>("[|Bad|]();", "[|Bad|]();").RunAsync();

    [Fact]
    public Task A_fix_that_needs_more_iterations_fails() =>
        Fails<SlowFix>("Expected '1' iterations but found '2' iterations.", "[|Bad1|]();", "Good();");

    [Fact]
    public Task More_iterations_can_be_allowed()
    {
        var test = TestOf<GoodRule, SlowFix>("[|Bad1|]();", "Good();");
        test.NumberOfIncrementalIterations = 2;
        test.NumberOfFixAllIterations = 2;
        return test.RunAsync();
    }

    [Fact]
    public Task Fewer_iterations_than_stated_fail()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|]();", "Good();");
        test.NumberOfIncrementalIterations = 2;
        return Failure.Says("Expected '2' iterations but found '1' iterations.", () => test.RunAsync());
    }

    [Fact]
    public Task A_fix_where_none_is_expected_fails() =>
        Failure.Says(
            "Context: Iterative code fix application",
            () => TestOf<GoodRule, GoodFix>("[|Bad|]();", "[|Bad|]();").RunAsync());

    [Fact]
    public Task No_fix_where_one_is_expected_fails() =>
        Fails<NoFix>("content of '/0/Test0.cs' did not match", "[|Bad|]();", "Good();");

    [Fact]
    public Task Fix_all_in_document_must_fix_all() =>
        Fails<PartialInDocumentFix>("Context: Fix all in document", "[|Bad|](); [|Bad|]();", "Good(); Good();");

    [Fact]
    public Task Fix_all_in_project_must_fix_all() =>
        Fails<PartialInProjectFix>("Context: Fix all in project", "[|Bad|](); [|Bad|]();", "Good(); Good();");

    [Fact]
    public Task Fix_all_in_solution_must_fix_all() =>
        Fails<PartialInSolutionFix>("Context: Fix all in solution", "[|Bad|](); [|Bad|]();", "Good(); Good();");

    [Fact]
    public Task Fix_all_checks_can_be_skipped()
    {
        var test = TestOf<GoodRule, PartialInDocumentFix>("[|Bad|](); [|Bad|]();", "Good(); Good();");
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInDocumentCheck;
        return test.RunAsync();
    }

    [Fact]
    public Task Fix_all_may_have_a_result_of_its_own()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|](); [|Bad|]();", "Good(); Good();");
        test.BatchFixedCode = Source.With("Good(); Fine();");
        return Failure.Says("Context: Fix all in document", () => test.RunAsync());
    }

    [Fact]
    public Task A_fix_without_fix_all_is_applied_one_by_one() =>
        TestOf<GoodRule, SingleFix>("[|Bad|](); [|Bad|]();", "Good(); Good();").RunAsync();

    [Fact]
    public Task Fix_all_reaches_other_documents_and_projects()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|](); new Other();", "Good(); new Other();");
        test.TestState.Sources.Add("class D { void M() { [|Bad|](); } void Bad() { } void Good() { } }");
        test.FixedState.Sources.Add("class D { void M() { Good(); } void Bad() { } void Good() { } }");
        var other = "public class Other { void M() { [|Bad|](); } void Bad() { } void Good() { } }";
        test.TestState.AdditionalProjectReferences.Add("Other");
        test.TestState.AdditionalProjects["Other"].Sources.Add(other);
        test.FixedState.AdditionalProjectReferences.Add("Other");
        test.FixedState.AdditionalProjects["Other"].Sources.Add(other.Replace("[|Bad|]", "Good"));
        return test.RunAsync();
    }

    [Fact]
    public Task A_tree_that_its_text_does_not_parse_to_fails() =>
        Fails<WrongTreeFix>("SimpleMemberAccessExpression", "[|Bad|]();", "C.Good();");

    [Fact]
    public Task The_tree_check_can_be_skipped()
    {
        var test = TestOf<GoodRule, WrongTreeFix>("[|Bad|]();", "C.Good();");
        test.CodeActionValidationMode = CodeActionValidationMode.None;
        return test.RunAsync();
    }

    [Fact]
    public Task Trivia_do_not_count_by_default() =>
        TestOf<GoodRule, WrongTriviaFix>("[|Bad|]();", "Good  ();").RunAsync();

    [Fact]
    public Task Trivia_count_in_full_validation()
    {
        var test = TestOf<GoodRule, WrongTriviaFix>("[|Bad|]();", "Good  ();");
        test.CodeActionValidationMode = CodeActionValidationMode.Full;
        return Failure.Says("Whitespace", () => test.RunAsync());
    }

    [Fact]
    public async Task Actions_are_formatted_simplified_and_given_their_imports()
    {
        var test = TestOf<GoodRule, AnnotatedFix>("[|Bad|]();", "_ = Encoding.UTF8;");
        var expected = test.FixedState.Sources[0].content.ToString();
        test.FixedState.Sources.Clear();
        test.FixedCode = "using System.Text;\n\n" + expected;
        await test.RunAsync();
    }

    [Fact]
    public Task A_plan_is_chosen_by_its_key()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|](); [|Bad|]();", "Fine(); Fine();");
        test.CodeActionEquivalenceKey = "TST001.Fine";
        return test.RunAsync();
    }

    [Fact]
    public Task A_plan_is_chosen_by_its_place()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|]();", "Fine();");
        test.CodeActionIndex = 1;
        return test.RunAsync();
    }

    [Fact]
    public Task Place_and_key_must_agree()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|]();", "Fine();");
        test.CodeActionIndex = 0;
        test.CodeActionEquivalenceKey = "TST001.Fine";
        return Failure.Says("must be consistent", () => test.RunAsync());
    }

    [Fact]
    public Task The_chosen_action_can_be_looked_at()
    {
        var test = TestOf<GoodRule, GoodFix>("[|Bad|]();", "Good();");
        test.CodeActionVerifier = (action, verify) => verify.Fail(action.Title);
        return Failure.Says("Call Good", () => test.RunAsync());
    }

    [Fact]
    public Task Nested_actions_are_offered_in_place() =>
        TestOf<GoodRule, NestedFix>("[|Bad|]();", "Good();").RunAsync();

    [Fact]
    public Task A_fix_of_a_compiler_warning_makes_it_count() =>
        Fails<CompilerFix>("CS0612", "[|Bad|](); Old();", "Good(); Old();");

    [Fact]
    public Task A_fix_of_a_compiler_warning_is_applied() =>
        TestOf<GoodRule, CompilerFix>("{|CS0612:Old()|};", "Good();").RunAsync();

    [Fact]
    public Task A_fix_of_a_report_at_the_end_of_the_compilation_fails() =>
        Failure.Says(
            "non-local analyzer diagnostic",
            () => TestOf<LateRule, GoodFix>("[|Bad|]();", "Good();").RunAsync());

    [Fact]
    public async Task An_action_must_change_the_solution() =>
        await Assert.ThrowsAnyAsync<System.InvalidOperationException>(
            () => TestOf<GoodRule, IdleFix>("[|Bad|]();", "Good();").RunAsync());

    [Fact]
    public Task An_added_file_fails() => Fails<FileFix>("documents", "[|Bad|]();", "[|Bad|]();", 1);

    [Fact]
    public Task Programs_with_top_level_statements_are_fixed()
    {
        var test = new CSharpCodeFixTest<GoodRule, GoodFix, DefaultVerifier>
        {
            TestCode = "[|Bad|](); static void Bad() { } static void Good() { }",
            FixedCode = "Good(); static void Bad() { } static void Good() { }",
        };
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    private static CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> TestOf<TAnalyzer, TFix>(
        string before,
        string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new() { TestCode = Source.With(before), FixedCode = Source.With(after) };

    private static Task Fails<TFix>(string message, string before, string after, int? iterations = null)
        where TFix : CodeFixProvider, new()
    {
        var test = TestOf<GoodRule, TFix>(before, after);
        test.NumberOfIncrementalIterations = iterations;
        test.NumberOfFixAllIterations = iterations;
        return Failure.Says(message, () => test.RunAsync());
    }
}
