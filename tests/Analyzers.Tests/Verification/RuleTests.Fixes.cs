using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
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
    /// <param name="isChosen">The plan needs a person's decision: no bulk run takes it unasked.</param>
    protected static async Task Fixes(
        string before,
        string after,
        string? plan = null,
        Code? code = null,
        string? batch = null,
        string? title = null,
        int? iterations = null,
        bool isChosen = false)
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
            await VerifyNoNewWarningsAsync(before, after, code);
            if (isChosen && await IsWrittenUnaskedAsync(before, after, code))
                throw new InvalidOperationException("A bulk run writes what only a person may choose.");
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n\nOffered:{test.Offered}", exception);
        }
    }

    /// <summary>The marked places are reported, but no action is offered, or none with this plan.</summary>
    protected static async Task OffersNoFix(string source, string? plan = null, Code? code = null)
    {
        code ??= Code.Default;
        var test = await LookAsync(source, code);
        var key = KeyOf(plan, source, code);
        var actions = test.Menus.SelectMany(menu => menu).ToArray();
        if (actions.Any(action => key is null || action.EquivalenceKey == key))
            throw new InvalidOperationException($"No fix {key} was expected, but offered:{test.Offered}");

        // The first plan of a site has the plain key; only a bulk run that asks for the plan tells whether it is this.
        if (key is not null && actions.Length > 0 && await IsWrittenInBulkAsync(source, code, key))
        {
            throw new InvalidOperationException(
                $"No fix {key} was expected, but it is the first plan, or unknown to the fix; offered:{test.Offered}");
        }
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
        test.DisabledDiagnostics.AddRange(Unmarked(source, code));
        return test;
    }

    // As `dotnet format` does it: with whatever key the first action has.
    private static async Task<bool> IsWrittenUnaskedAsync(string before, string after, Code code)
    {
        var bench = new Workbench([new TAnalyzer()], [new TFix()]);
        var unmarked = code with { Disabled = code.Disabled.AddRange(Unmarked(before, code)) };
        var solution = await OpenAsync(bench, before, code.Sources, unmarked);
        var outcome = await bench.FixAllAsync(solution, FixAllScope.Solution, rounds: 1);
        return (await outcome.TextsAsync())["/0/Test0.cs"] == Markup.Stripped(after);
    }

    private static async Task<bool> IsWrittenInBulkAsync(string source, Code code, string key)
    {
        var bench = new Workbench([new TAnalyzer()], [new TFix()]);
        var unmarked = code with { Disabled = code.Disabled.AddRange(Unmarked(source, code)) };
        var solution = await OpenAsync(bench, source, code.Sources, unmarked);
        var outcome = await bench.FixAllAsync(solution, FixAllScope.Document, key, rounds: 1);
        return outcome.Applied > 0;
    }

    private static async Task VerifyNoNewWarningsAsync(string before, string after, Code code)
    {
        var had = (await WarningsAsync(before, code.Sources, code)).ToLookup(warning => warning.Id);
        var has = await WarningsAsync(after, code.FixedSources.IsEmpty ? code.Sources : code.FixedSources, code);
        var added = has.GroupBy(warning => warning.Id)
            .Where(group => group.Count() > had[group.Key].Count())
            .SelectMany(group => group)
            .ToArray();
        if (added.Length > 0)
        {
            throw new InvalidOperationException(
                $"The fix adds compiler warnings:{Lines(added.Select(warning => warning.ToString()))}");
        }
    }

    private static async Task<IEnumerable<Diagnostic>> WarningsAsync(
        string source,
        ImmutableArray<(string Path, string Text)> others,
        Code code)
    {
        var bench = new Workbench([], []);
        var diagnostics = await bench.DiagnosticsOf(await OpenAsync(bench, source, others, code));
        return diagnostics.Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Warning && !code.NewWarnings.Contains(diagnostic.Id));
    }

    private static Task<Solution> OpenAsync(
        Workbench bench,
        string source,
        ImmutableArray<(string Path, string Text)> others,
        Code code) =>
        bench.OpenAsync(
            code with { Sources = [.. others.Select(file => (file.Path, Markup.Stripped(file.Text)))] },
            ("/0/Test0.cs", Markup.Stripped(source)));

    /// <summary>
    /// What the fix declares beside the rule, a warning of the compiler, and the source does not mark: the test library
    /// reports it everywhere then, and most tests are not about it.
    /// </summary>
    private static IEnumerable<string> Unmarked(string source, Code code) =>
        new TFix().FixableDiagnosticIds.Except(Ids).Except(Markup.IdsIn(Markup.SourcesOf(source, code)));

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
