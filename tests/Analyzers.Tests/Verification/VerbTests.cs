using System;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>The verbs, on a rule and a fix that are right: each passes and fails where it should.</summary>
public sealed class VerbTests : RuleTests<GoodRule, GoodFix>
{
    [Fact]
    public Task Reports_marks() => Reports(Body("[|Bad|]();"));

    [Fact]
    public Task Reports_marks_with_an_id() => Reports(Body("{|TST001:Bad|}(); {|TST001:Bad|}();"));

    [Fact]
    public Task Reports_a_message() => Reports(Body("[|Bad|]();"), "'Bad' is called");

    [Fact]
    public Task Ignores_other_calls() => Ignores(Body("Good(); Console.WriteLine(new HttpClient());"));

    [Fact]
    public Task Fixes_with_the_first_action() =>
        Fixes(Body("[|Bad|](); [|Bad|]();"), Body("Good(); Good();"));

    [Fact]
    public Task Fixes_with_a_plan() =>
        Fixes(Body("[|Bad|]();"), Body("Fine();"), plan: "Fine", title: "Call Fine");

    [Fact]
    public Task Offers_the_menu() => Offers(Body("[|Bad|]();"), "Call Good", "Call Fine");

    [Fact]
    public Task Offers_no_fix_with_an_unknown_plan() => OffersNoFix(Body("[|Bad|]();"), "Other");

    internal static string Body(string statements) =>
        $$"""
        class C
        {
            void M()
            {
                {{statements}}
            }

            void Bad() { }

            void Good() { }

            void Fine() { }
        }
        """;
}
