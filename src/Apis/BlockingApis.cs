using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>How a member blocks on a task, which decides what is written instead.</summary>
internal enum BlockingForm
{
    /// <summary><c>task.Result</c></summary>
    Result,

    /// <summary><c>task.Wait(..)</c></summary>
    Wait,

    /// <summary><c>task.GetAwaiter().GetResult()</c></summary>
    GetResult,

    /// <summary><c>Task.WaitAll(..)</c></summary>
    WaitAll,

    /// <summary><c>Task.WaitAny(..)</c></summary>
    WaitAny,

    /// <summary><c>task.RunSynchronously()</c></summary>
    RunSynchronously,
}

/// <summary>One member that blocks on a task.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's or property's name.</param>
/// <param name="Form">How it blocks.</param>
internal sealed record BlockingApi(string Type, string Member, BlockingForm Form);

/// <summary>Knows which members hold the thread until a task has completed.</summary>
internal sealed class BlockingApis
{
    private const string Awaiters = "System.Runtime.CompilerServices.";

    private static readonly ConditionalWeakTable<Compilation, BlockingApis> ByCompilation = new();

    private readonly Dictionary<ISymbol, BlockingApi> _rows = new(SymbolEqualityComparer.Default);

    private BlockingApis(Compilation compilation)
    {
        foreach (var row in Rows)
        {
            if (compilation.GetBestTypeByMetadataName(row.Type) is { } type)
            {
                foreach (var member in type.GetMembers(row.Member))
                {
                    _rows[member] = row;
                }
            }
        }
    }

    public static ImmutableArray<BlockingApi> Rows { get; } = ImmutableArray.Create<BlockingApi>(
        new("System.Threading.Tasks.Task`1", "Result", BlockingForm.Result),
        new("System.Threading.Tasks.ValueTask`1", "Result", BlockingForm.Result),
        new("System.Threading.Tasks.Task", "Wait", BlockingForm.Wait),
        new("System.Threading.Tasks.Task", "WaitAll", BlockingForm.WaitAll),
        new("System.Threading.Tasks.Task", "WaitAny", BlockingForm.WaitAny),
        new("System.Threading.Tasks.Task", "RunSynchronously", BlockingForm.RunSynchronously),
        new(Awaiters + "TaskAwaiter", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "TaskAwaiter`1", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "ConfiguredTaskAwaitable+ConfiguredTaskAwaiter", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "ConfiguredTaskAwaitable`1+ConfiguredTaskAwaiter", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "ValueTaskAwaiter", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "ValueTaskAwaiter`1", "GetResult", BlockingForm.GetResult),
        new(Awaiters + "ConfiguredValueTaskAwaitable+ConfiguredValueTaskAwaiter", "GetResult", BlockingForm.GetResult),
        new(
            Awaiters + "ConfiguredValueTaskAwaitable`1+ConfiguredValueTaskAwaiter",
            "GetResult",
            BlockingForm.GetResult));

    public static BlockingApis Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new BlockingApis(compilation));

    /// <summary>The row of a method or property; null for the many that do not block.</summary>
    public BlockingApi? RowOf(ISymbol member) => _rows.TryGetValue(member.OriginalDefinition, out var row) ? row : null;
}
