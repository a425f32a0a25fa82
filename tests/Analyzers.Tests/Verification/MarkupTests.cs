using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>What marks in a source mean.</summary>
public sealed class MarkupTests
{
    private static readonly DiagnosticResult Bad = new DiagnosticResult(CallRule.Descriptor).WithArguments("Bad");

    [Theory]
    [InlineData("[|Bad|]();")]
    [InlineData("{|TST001:Bad|}();")]
    [InlineData("[|Bad|](); {|TST001:Bad|}(); [|Bad|]();")]
    [InlineData("{|#0:[|Bad|]()|};")]
    [InlineData("var x = new[] { 1 }[0]; [|Bad|]();")]
    public Task Marks_expect_reports(string statements) => Verify<GoodRule>(statements);

    [Fact]
    public Task Marks_of_unknown_ids_expect_compiler_errors() => Verify<GoodRule>("{|CS0103:Unknown|}(); [|Bad|]();");

    [Fact]
    public Task Spans_nest() => Verify<GoodRule>("{|#0:{|CS0201:C.{|CS0117:Unknown|}|}; [|Bad|]();|}");

    [Fact]
    public Task Positions_expect_a_report_that_starts_there() => Verify<GoodRule>("$$Bad();");

    [Fact]
    public Task Keys_are_places_for_expected_results() => Verify<GoodRule>("{|#0:Bad|}();", Bad.WithLocation(0));

    [Fact]
    public Task Keys_overlap_with_end_tags_of_their_own() =>
        Verify<GoodRule>("{|#0:Bad|}(); {|#1:{|#2:Bad|#1}();|#2}", Bad.WithLocation(0), Bad.WithLocation(1));

    [Fact]
    public Task Lines_and_columns_count_from_one() => Verify<GoodRule>("Bad();", Bad.WithLocation(5, 9));

    [Fact]
    public Task Spans_have_an_end() => Verify<GoodRule>("Bad();", Bad.WithSpan(5, 9, 5, 12));

    [Fact]
    public Task A_mark_without_report_fails() =>
        Fails<GoodRule>("expected \"1\" actual \"0\"", "[|Good|]();");

    [Fact]
    public Task A_report_without_mark_fails() =>
        Fails<GoodRule>("expected \"1\" actual \"2\"", "[|Bad|](); Bad();");

    [Fact]
    public Task A_mark_at_the_wrong_place_fails() =>
        Fails<GoodRule>("Expected diagnostic to end at column \"14\" was actually at column \"12\"", "[|Bad()|];");

    [Fact]
    public Task A_mark_with_the_wrong_id_fails() =>
        Fails<GoodRule>("Expected diagnostic id to be \"TST009\" was \"TST001\"", "{|TST009:Bad|}();");

    [Fact]
    public Task A_wrong_end_fails() =>
        Fails<GoodRule>("Expected diagnostic to end at column", "Bad();", Bad.WithSpan(5, 9, 5, 13));

    [Fact]
    public Task A_wrong_message_fails() =>
        Fails<GoodRule>(
            "Expected diagnostic message to be \"'Other' is called\" was \"'Bad' is called\"",
            "{|#0:Bad|}();",
            Bad.WithArguments("Other").WithLocation(0));

    [Fact]
    public Task Placeholders_need_arguments() =>
        Fails<GoodRule>(
            "Expected diagnostic message to be \"'{0}' is called\"",
            "{|#0:Bad|}();",
            new DiagnosticResult(CallRule.Descriptor).WithLocation(0));

    [Fact]
    public Task A_wrong_severity_fails() =>
        Fails<GoodRule>(
            "Expected diagnostic severity to be \"Error\" was \"Warning\"",
            "{|#0:Bad|}();",
            DiagnosticResult.CompilerError(CallRule.Id).WithLocation(0));

    [Fact]
    public Task Severities_can_be_ignored() =>
        Verify<GoodRule>(
            "{|#0:Bad|}();",
            DiagnosticResult.CompilerError(CallRule.Id)
                .WithOptions(DiagnosticOptions.IgnoreSeverity)
                .WithLocation(0));

    [Fact]
    public Task Additional_locations_are_checked() =>
        Fails<TwoPlacesRule>(
            "Expected 0 additional locations but got 1",
            "{|#0:Bad|}();",
            Bad.WithLocation(0));

    [Fact]
    public Task Additional_locations_are_expected_after_the_first() =>
        Verify<TwoPlacesRule>("{|#0:Bad|}();", Bad.WithLocation(0).WithSpan(8, 17, 8, 20));

    [Fact]
    public Task Marks_do_not_check_additional_locations() => Verify<TwoPlacesRule>("[|Bad|]();");

    [Fact]
    public Task An_unknown_key_fails() =>
        Fails<GoodRule>("The markup location '#1' was not found", "{|#0:Bad|}();", Bad.WithLocation(1));

    [Fact]
    public Task Keys_are_unique() =>
        Fails<GoodRule>("#0", "{|#0:Bad|}(); {|#0:Bad|}();", Bad.WithLocation(0));

    [Fact]
    public Task Marks_without_id_need_a_rule_that_stands_alone() =>
        Fails<TwoRules>("Markup syntax can only omit the diagnostic ID", "[|Bad|]();");

    [Fact]
    public Task Marks_with_id_choose_between_rules() => Verify<TwoRules>("{|TST001:Bad|}();");

    [Theory]
    [InlineData("[|Bad();")]
    [InlineData("Bad|]();")]
    public async Task Tags_come_in_pairs(string statements) =>
        await Assert.ThrowsAnyAsync<System.ArgumentException>(() => Verify<GoodRule>(statements));

    private static Task Verify<TAnalyzer>(string statements, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        CSharpAnalyzerVerifier<TAnalyzer, DefaultVerifier>.VerifyAnalyzerAsync(Source.With(statements), expected);

    private static Task Fails<TAnalyzer>(string message, string statements, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Failure.Says(message, () => Verify<TAnalyzer>(statements, expected));
}
