using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CodeActions;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>What an editor shows of an action: those that are nested in it, as if they were not, or itself.</summary>
internal static class MenuEntries
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Renamed between Roslyn versions, and public only in the later ones.
    private static readonly PropertyInfo NestedActions =
        typeof(CodeAction).GetProperty("NestedActions", AnyInstance)
        ?? typeof(CodeAction).GetProperty("NestedCodeActions", AnyInstance)!;

    public static IEnumerable<CodeAction> Of(CodeAction action) =>
        NestedActions.GetValue(action) is ImmutableArray<CodeAction> { Length: > 0 } nested
            ? nested.SelectMany(Of)
            : [action];
}
