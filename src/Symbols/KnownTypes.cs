using System.Runtime.CompilerServices;

namespace ScopedTasks.Analyzers.Symbols;

/// <summary>
/// The types that the rules speak of, resolved once per compilation; a type that is not there is null.
/// </summary>
internal sealed class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> ByCompilation = new();

    private KnownTypes(Compilation compilation)
    {
        Compilation = compilation;
        Task = Find("System.Threading.Tasks.Task");
        TaskOfT = Find("System.Threading.Tasks.Task`1");
        ValueTask = Find("System.Threading.Tasks.ValueTask");
        ValueTaskOfT = Find("System.Threading.Tasks.ValueTask`1");
        TaskFactory = Find("System.Threading.Tasks.TaskFactory");
        AsyncEnumerable = Find("System.Collections.Generic.IAsyncEnumerable`1");
        CancellationToken = Find("System.Threading.CancellationToken");
        Expression = Find("System.Linq.Expressions.Expression");
        Thread = Find("System.Threading.Thread");
        PeriodicTimer = Find("System.Threading.PeriodicTimer");
        Parallel = Find("System.Threading.Tasks.Parallel");
        Enumerable = Find("System.Linq.Enumerable");
        TaskGroup = Find("ScopedTasks.TaskGroup");
        TaskGroupOptions = Find("ScopedTasks.TaskGroupOptions");
        BackgroundTasks = Find("ScopedTasks.BackgroundTasks");
        CancelScope = Find("ScopedTasks.CancelScope");
        Coroutine = Find("ScopedTasks.Coroutine");
        CoroutineGroup = Find("ScopedTasks.CoroutineGroup");
        Command = Find("System.Windows.Input.ICommand");
        MonoBehaviour = Find("UnityEngine.MonoBehaviour");

        INamedTypeSymbol? Find(string name) => compilation.GetBestTypeByMetadataName(name);
    }

    public Compilation Compilation { get; }

    public INamedTypeSymbol? Task { get; }

    public INamedTypeSymbol? TaskOfT { get; }

    public INamedTypeSymbol? ValueTask { get; }

    public INamedTypeSymbol? ValueTaskOfT { get; }

    public INamedTypeSymbol? TaskFactory { get; }

    public INamedTypeSymbol? AsyncEnumerable { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    public INamedTypeSymbol? Expression { get; }

    public INamedTypeSymbol? Thread { get; }

    public INamedTypeSymbol? PeriodicTimer { get; }

    public INamedTypeSymbol? Parallel { get; }

    public INamedTypeSymbol? Enumerable { get; }

    /// <summary>The runtime's group; null where the project does not reference the runtime.</summary>
    public INamedTypeSymbol? TaskGroup { get; }

    public INamedTypeSymbol? TaskGroupOptions { get; }

    public INamedTypeSymbol? BackgroundTasks { get; }

    public INamedTypeSymbol? CancelScope { get; }

    public INamedTypeSymbol? Coroutine { get; }

    public INamedTypeSymbol? CoroutineGroup { get; }

    public INamedTypeSymbol? Command { get; }

    public INamedTypeSymbol? MonoBehaviour { get; }

    public static KnownTypes Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new KnownTypes(compilation));
}
