using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>The verbs for the tests of a rule and its fix: what is offered, and what it writes.</summary>
public abstract class RuleTests<TAnalyzer, TFix> : RuleTests<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>
    /// The fix turns <paramref name="before"/> into <paramref name="after"/>, one by one and in bulk.
    /// Without a <paramref name="plan"/> it is the first action of each report; with one, the action whose key is
    /// <c>ID.plan</c>. What <paramref name="after"/> marks is still reported.
    /// </summary>
    /// <param name="batch">What fix-all writes, where it differs from <paramref name="after"/>.</param>
    /// <param name="title">The title that the applied actions must have.</param>
    /// <param name="iterations">How often the fix is applied one by one, where not once for each report.</param>
    protected static async Task Fixes(
        string before,
        string after,
        string? plan = null,
        Code? code = null,
        string? batch = null,
        string? title = null,
        int? iterations = null)
    {
        code ??= Code.Default;
        Markup.RequireIn(before, code);
        if (before == after)
            throw new InvalidOperationException("The fix is expected to change nothing: use OffersNoFix.");

        var test = TestOf(before, code, onlyLooks: false);
        CodeProject.DescribeFixed(test.FixedState, code, after);
        if (batch is not null)
            CodeProject.DescribeFixed(test.BatchFixedState, code, batch);

        test.NumberOfIncrementalIterations = iterations;
        test.CodeActionEquivalenceKey = KeyOf(plan, before, code);
        if (title is not null)
        {
            test.CodeActionVerifier = (action, verify) =>
                verify.Equal(title, action.Title, $"Expected the title '{title}' but was '{action.Title}'.");
        }

        try
        {
            await test.RunAsync();
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n\nOffered:{test.Offered}", exception);
        }
    }

    /// <summary>The marked places are reported, but no action is offered, or none with this plan.</summary>
    protected static async Task OffersNoFix(string source, string? plan = null, Code? code = null)
    {
        var test = await LookAsync(source, code ?? Code.Default);
        var key = KeyOf(plan, source, code ?? Code.Default);
        var unwanted = test.Menus.SelectMany(menu => menu).Any(action => key is null || action.EquivalenceKey == key);
        if (unwanted)
            throw new InvalidOperationException($"No fix {key} was expected, but offered:{test.Offered}");
    }

    /// <summary>The menu at each marked place has exactly these titles, in this order.</summary>
    protected static Task Offers(string source, params string[] titles) => Offers(source, Code.Default, titles);

    protected static async Task Offers(string source, Code code, params string[] titles)
    {
        var test = await LookAsync(source, code);
        foreach (var menu in test.Menus)
        {
            var actual = menu.Select(action => action.Title).ToArray();
            if (!actual.SequenceEqual(titles))
            {
                throw new InvalidOperationException(
                    $"Expected the menu{Lines(titles)}\nbut was{Lines(actual)}");
            }
        }
    }

    private static string Lines(IEnumerable<string> titles) =>
        string.Concat(titles.DefaultIfEmpty("(nothing)").Select(title => "\n    " + title));

    private static async Task<MenuTest<TAnalyzer, TFix>> LookAsync(string source, Code code)
    {
        Markup.RequireIn(source, code);
        var test = TestOf(source, code, onlyLooks: true);
        CodeProject.DescribeFixed(test.FixedState, code, source);
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck;
        await test.RunAsync();
        return test;
    }

    private static MenuTest<TAnalyzer, TFix> TestOf(string source, Code code, bool onlyLooks)
    {
        var test = new MenuTest<TAnalyzer, TFix> { OnlyLooks = onlyLooks };
        CodeProject.Describe(test, code, source, Rules);

        // A fix for the compiler's CS4014 makes the test library report it everywhere; most tests are not about it.
        var marked = Markup.IdsIn(Markup.SourcesOf(source, code));
        test.DisabledDiagnostics.AddRange(new TFix().FixableDiagnosticIds.Except(Ids).Except(marked));
        return test;
    }

    private static string? KeyOf(string? plan, string source, Code code)
    {
        if (plan is null)
            return null;

        var fixable = new TFix().FixableDiagnosticIds;
        var marked = Markup.IdsIn(Markup.SourcesOf(source, code)).Select(id => id == "" ? Ids[0] : id);
        return marked.FirstOrDefault(id => fixable.Contains(id)) is { } id
            ? $"{id}.{plan}"
            : throw new InvalidOperationException($"Nothing that is marked is fixed by {typeof(TFix).Name}.");
    }
}
