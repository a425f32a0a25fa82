using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Ide.Tests.Host;

/// <summary>The IDE's own diagnostic and code-fix services, which are internal: reflection ends here.</summary>
internal static class Engine
{
    private static readonly Assembly Features = Assembly.Load("Microsoft.CodeAnalysis.Features");

    private static readonly Type DiagnosticService =
        TypeOf("Microsoft.CodeAnalysis.Diagnostics.IDiagnosticAnalyzerService");

    private static readonly Type FixService = TypeOf("Microsoft.CodeAnalysis.CodeFixes.ICodeFixService");

    public static MefHostServices Services { get; } = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    /// <summary>What the editor underlines in a document.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(Document document)
    {
        var service = Generic(document.Project.Solution.Services, "GetService", DiagnosticService);
        var found = await Call(service, DiagnosticService, "GetDiagnosticsForSpanAsync", document);
        var diagnostics = new List<Diagnostic>();
        foreach (var data in (IEnumerable)found)
        {
            diagnostics.Add((Diagnostic)await Call(data, data.GetType(), "ToDiagnosticAsync", document.Project));
        }

        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    /// <summary>What the light bulb lists at a place, in its order.</summary>
    public static async Task<IReadOnlyList<Entry>> MenuAt(Document document, TextSpan span)
    {
        var exports = (IEnumerable<object>)Generic(Services, "GetExports", FixService);
        var service = Property(exports.Single(), "Value");
        var stream = Invoke(service, FixService, "StreamFixesAsync", document, span);
        var entries = new List<Entry>();
        await foreach (var collection in (IAsyncEnumerable<object>)stream)
        {
            foreach (var fix in (IEnumerable)Property(collection, "Fixes"))
            {
                entries.AddRange(Shown((CodeAction)Property(fix, "Action"))
                    .Select(action => new Entry(action, collection)));
            }
        }

        return entries;
    }

    // What can be inlined, is.
    private static IEnumerable<CodeAction> Shown(CodeAction action) =>
        action.NestedActions.IsEmpty || !(bool)Property(action, "IsInlinable")
            ? [action]
            : action.NestedActions.SelectMany(Shown);

    /// <summary>The action that the light bulb lists below an entry: the same, everywhere.</summary>
    public static async Task<CodeAction> FixAllAction(Entry entry, Document document, FixAllScope scope)
    {
        var fix = (CodeFixProvider)Property(entry.Collection, "Provider");
        var state = Property(entry.Collection, "FixAllState");
        var context = new FixAllContext(
            document,
            fix,
            scope,
            entry.Action.EquivalenceKey,
            (IEnumerable<string>)Property(state, "DiagnosticIds"),
            (FixAllContext.DiagnosticProvider)Property(state, "DiagnosticProvider"),
            CancellationToken.None);
        return await fix.GetFixAllProvider()!.GetFixAsync(context)
            ?? throw new InvalidOperationException($"'{entry.Action.Title}' has nothing to fix in {scope}.");
    }

    /// <summary>Where an entry can be applied to everything.</summary>
    public static IEnumerable<FixAllScope> ScopesOf(Entry entry) =>
        (IEnumerable<FixAllScope>)Property(entry.Collection, "SupportedScopes");

    private static Type TypeOf(string name) =>
        Features.GetType(name) ?? throw new NotSupportedException($"{Features.FullName} has no {name}.");

    private static object Generic(object target, string method, Type argument)
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var found = target.GetType().GetMethods(Instance)
            .Single(candidate => candidate.Name.EndsWith(method, StringComparison.Ordinal)
                && candidate.GetGenericArguments().Length == 1);
        return found.MakeGenericMethod(argument).Invoke(target, null)!;
    }

    private static async Task<object> Call(object target, Type type, string method, params object?[] arguments)
    {
        var task = (Task)Invoke(target, type, method, arguments);
        await task;
        return Property(task, "Result");
    }

    // The last parameters have defaults of their types: no filter, any priority, no cancellation.
    private static object Invoke(object target, Type type, string method, params object?[] arguments)
    {
        var found = type.GetMethods().Single(candidate => candidate.Name == method);
        var rest = found.GetParameters().Skip(arguments.Length).Select(parameter => DefaultOf(parameter.ParameterType));
        return found.Invoke(target, [.. arguments, .. rest])!;
    }

    private static object? DefaultOf(Type type) => type switch
    {
        { Name: "DiagnosticKind" } => Enum.Parse(type, "All"),
        { IsValueType: true } => Activator.CreateInstance(type),
        _ => null,
    };

    private static object Property(object target, string name) =>
        target.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            ?.GetValue(target)
        ?? target.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            ?.GetValue(target)
        ?? throw new NotSupportedException($"{target.GetType()} has no {name}.");
}

/// <summary>One line of the light bulb's menu.</summary>
/// <param name="Collection">The engine's group of fixes that it belongs to.</param>
internal sealed record Entry(CodeAction Action, object Collection)
{
    public string Title => Action.Title;
}
