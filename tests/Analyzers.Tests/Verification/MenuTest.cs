using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>Remembers what a fix offers, and applies nothing where the test only looks.</summary>
internal sealed class MenuTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private readonly List<ImmutableArray<CodeAction>> _menus = [];

    public bool OnlyLooks { get; init; }

    /// <summary>The actions at each fixable diagnostic that was looked at, in order.</summary>
    public IReadOnlyList<ImmutableArray<CodeAction>> Menus => _menus;

    public string Offered =>
        _menus.SelectMany(menu => menu).ToArray() is { Length: > 0 } actions
            ? string.Concat(actions
                .Select(action => $"\n    {action.EquivalenceKey}: {action.Title}")
                .Distinct())
            : " nothing";

    protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions)
    {
        var menu = base.FilterCodeActions(actions);
        lock (_menus)
            _menus.Add(menu);

        return OnlyLooks ? [] : menu;
    }
}
